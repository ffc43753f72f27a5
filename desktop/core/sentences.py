"""Expected failures in words a person understands: what happened, that nothing was lost, what to try."""

from collections.abc import Callable
from typing import Any

from desktop.core import errors

# Why one source could not be imported. The importers raise the keys.
IMPORT_REASONS: dict[str, str] = {
    "missing": "The file is no longer there. Check whether it was moved or renamed, and import it again.",
    "empty": "The file is empty: there is nothing to import. Save it again from where it came.",
    "no_permission": "You may not read it. Change its permissions, or copy it to a folder of your own.",
    "not_a_file": "It is not an ordinary file (a device, a pipe or a broken link), so it was left alone.",
    "too_large": "It is larger than one article can be. Split it into parts and import these.",
    "changed": "It kept changing while it was read. Let the other program finish, then import it again.",
    "binary": "It is not a text or a web page, whatever its name says. Check it in the program that made it.",
    "unknown_format": "Pressmark cannot read this kind of file yet. Save it as a web page or as plain text.",
    "no_text": "No readable text was found in it. If a script loads the text, save the page in a browser.",
    "encoding": "Its characters could not be decoded. Save it as UTF-8 and import it again.",
    "timeout": "Reading it took too long and was stopped. The other files went on; try a simpler copy of it.",
    "memory": "Reading it needed too much memory and was stopped. The other files are not affected.",
    "crash": "The reader for this kind of file stopped unexpectedly. The other files are not affected.",
    "not_standard": "It breaks the rules of the standard it names, so it was not read. Export it again.",
    "malformed": "The file is damaged or incomplete. Fetch or save it again.",
    "hostile": "It holds what only an attack needs, so it was not opened. Ask its sender for another copy.",
    "too_many": "It holds more parts than can be right, so it was not read. Unpack it and import the parts.",
    "too_deep": "It is nested too deeply to be read. Unpack it and import what is inside.",
    "fixity": "Its bytes are not those its bag was packed with, so it was left out. Ask for it again.",
    "broken_bag": "The bag's own lists are wrong, so nothing of it was read. Ask for another copy.",
    "encrypted": "It is locked with a password. Save a copy without the password and import that.",
    "not_an_address": "That is no address of a web page; one begins with http:// or https://. Check it.",
    "no_answer": "The page could not be fetched: its server took too long. Try again later.",
    "guarded": "Its server shows it only after a login or to browsers. Save it in a browser and import that.",
    "server_error": "The page could not be fetched: its server has a fault. Try again later.",
    "untrusted": "The page was not fetched: its server could not prove who it is. Check address and clock.",
    "astray": "The page was not fetched: its server leads in circles or to what is no web page.",
    "not_there": "The page could not be fetched: its server does not have it. Check the address.",
    "offline": "The page could not be fetched: there is no connection to its server. Try again when online.",
    "not_alone": "It is a part of a larger file, which alone can tell how it is to be read. Nothing was "
    "changed; import that file anew if you still have it.",
    "no_original": "The bytes it was made from are not in the archive, so it cannot be read again. "
    "Nothing was changed; import the file anew if you still have it.",
    "old_office": "It is a file of an older Microsoft Office. Save it there as .docx or .eml; import that.",
    "no_such_part": "It has no part of that name. List its parts and choose again.",
    "nothing_inside": "There is nothing in it that could be an article: it is empty, or holds only pictures.",
    "no_pages": "There is no page with words in this web archive; it may hold only pictures or scripts.",
    "damaged_in_part": "Part of it is damaged and was passed over; what could be read is in the library.",
    "no_tesseract": "Its words cannot be recognised: Tesseract or its data for that language is missing.",
    "disk": "The file could not be read from its disk. Check the disk or the connection to it.",
}


def sentence(error: BaseException) -> str:
    """What to tell a person about ``error``.

    Errors that are not expected ones are named as a fault of Pressmark's own.
    """
    for kind in type(error).__mro__:
        if words := _WORDS.get(kind):
            return words(error)
    return (
        f"Something went wrong inside Pressmark ({type(error).__name__}). "
        "What was saved before is safe. Please copy the report and send it to the developers."
    )


def reason_sentence(error: errors.ImportFailed) -> str:
    """Why a source was not imported; unknown keys are shown as they are."""
    return IMPORT_REASONS.get(error.reason, error.reason)


def _name(error: Any) -> str:
    return f"“{error.path.name}”"


_WORDS: dict[type, Callable[[Any], str]] = {
    errors.ArchiveMissing: lambda e: (
        f"There is no archive at {e.path}. It may have been moved or renamed; open it from its new place."
    ),
    errors.ArchiveMoved: lambda e: (
        f"{_name(e)} was moved, renamed or deleted while it was open, so nothing more is written to it. "
        "Put the file back and repeat the change, or open it from its new place."
    ),
    errors.ArchiveExists: lambda e: (
        f"{_name(e)} already exists and was left as it is. Choose another name, or open it."
    ),
    errors.NotAnArchive: lambda e: (
        f"{_name(e)} is not a Pressmark archive and was not changed. Choose a file that ends in .pressmark."
    ),
    errors.ArchiveDamaged: lambda e: (
        f"{_name(e)} is damaged{_because(e)}. It was not changed. "
        "Open the newest backup, or make a copy and run “pressmark verify” on it."
    ),
    errors.ArchiveTooNew: lambda e: (
        f"{_name(e)} was written by a newer version of Pressmark (archive format {e.found}, this one knows "
        f"{e.known}). It was not changed. Update Pressmark to open it."
    ),
    errors.ArchiveAltered: lambda e: (
        f"{_name(e)} contains database objects that Pressmark did not make{_because(e)}. "
        "It can be read, but it will not be written to."
    ),
    errors.ArchiveReadOnly: lambda e: (
        f"{_name(e)} cannot be written: the file or its folder is read-only. Nothing was changed. "
        "Copy it to a folder of your own to work on it."
    ),
    errors.ArchiveBusy: lambda e: (
        f"Another program is writing to {_name(e)} and did not finish. Nothing was changed; try again."
    ),
    errors.DiskFull: lambda e: (
        f"The disk with {_name(e)} is full. What was saved before is safe, the last change was not made. "
        "Free some room and try again."
    ),
    errors.ArchiveError: lambda e: f"{_name(e)} could not be used{_because(e)}. Nothing was changed.",
    errors.UndoConflict: lambda e: (
        f"“{e.label}” cannot be undone: what it changed was changed again since. Everything is as it was."
    ),
    errors.NothingToUndo: lambda _: "There is nothing left to undo or redo.",
    errors.NotText: lambda e: (
        f"“{_short(e.words)}” holds something that is no character, so it cannot be stored. Nothing was "
        "changed; type it anew."
    ),
    errors.NotFound: lambda e: f"There is no {e.what} “{e.key}” in this archive.",
    errors.WordsNotFound: lambda e: (
        f"“{_short(e.words)}” stands in the article {e.matches} times, so the place is not certain. "
        "Give more of the words around it."
        if e.matches
        else f"“{_short(e.words)}” does not stand in the article, so nothing was marked. Check the spelling."
    ),
    errors.NameTaken: lambda e: (
        f"There is already a {e.what} named “{e.name}”. Choose another name"
        + ("." if e.what.endswith("search") else ", or merge the two.")
    ),
    errors.TagCycle: lambda _: "A tag cannot be put under itself or under one of its own branches.",
    errors.ImportFailed: reason_sentence,
    errors.ExportFailed: lambda e: (
        f"The export to {e.path} could not be written{_because(e)}. What stood there before is untouched. "
        "Choose another place and try again."
    ),
    errors.IndexFailed: lambda e: (
        f"The search index in {e.folder} could not be written{_because(e)}. Articles and marks are safe, but "
        "until it can be written searches take longer or miss what is new. See that there is room."
    ),
    errors.NothingAsked: lambda _: "Nothing is asked for. Write a word, or a field with a value.",
    errors.IndexBehind: lambda _: (
        "The search index has not caught up with the archive, so the answer would not be whole. "
        "Nothing was changed; try again when the index is ready."
    ),
    errors.Cancelled: lambda _: "Stopped. What was finished before is kept.",
    OSError: lambda e: (
        f"The system did not allow it: {e.strerror or type(e).__name__}{_at(e)}. What was saved before is "
        "safe. See that there is room on the disk and that you may write there, and try again."
    ),
}


def _because(error: Any) -> str:
    return f" ({error.detail})" if error.detail else ""


def _at(error: OSError) -> str:
    return f" ({error.filename})" if error.filename else ""


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"
