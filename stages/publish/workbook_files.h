/* libxlsxwriter's temporary files, so that none of their faults is lost: the library itself heeds none and would leave out what
   could not be written. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_FILES_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_FILES_H

/* Before a workbook is begun: no fault has been seen. */
void workbook_files_begin(void);

/* The errno of the first read, write, seek or close of a temporary file that has failed since then; 0 when all went well. */
int workbook_files_fault(void);

#endif
