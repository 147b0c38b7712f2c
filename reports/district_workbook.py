"""The district's workbook: what to read first, every finding to answer, lists to read, sheets to print.

`write` is a table of contents; each sheet lives in its own module. The same report gives the same bytes.
"""

from pathlib import Path

from reports.contents import DistrictReport
from reports.district_rows import list_rows, villages
from reports.district_workbook_front import start_front, write_quarantine, write_standing
from reports.district_workbook_list import write_list
from reports.district_workbook_lists import write_below, write_indicators, write_rules, write_unassessed
from reports.district_workbook_looks import open_book
from reports.district_workbook_progress import write_checked, write_files, write_progress
from reports.district_workbook_villages import write_villages


def write(report: DistrictReport, path: Path) -> None:
    """Write the district's workbook (.xlsx) to `path`, replacing what is there.

    A quarantined report gives one sheet that says what happened and what to do. Raises
    `xlsxwriter.exceptions.FileCreateError` when `path` cannot be written.
    """
    book = open_book(path, report.night, report.round_year_be, report.district_name)
    front = start_front(book, report)
    if report.quarantine is not None:
        write_files(book, front, write_quarantine(book, front, report, report.quarantine) + 1, report)
        book.file.close()
        return
    rows = list_rows(report)
    grouped = villages(rows)
    write_list(book, report, rows)
    write_below(book, report)
    write_indicators(book, report)
    write_unassessed(book, report)
    write_rules(book, report)
    names = write_villages(book, report.district_name, grouped)
    at = write_standing(book, front, report, rows) + 1
    if rows:
        at = write_progress(book, front, at, grouped, names)
    write_checked(book, front, at, report)
    front.activate()
    book.file.close()
