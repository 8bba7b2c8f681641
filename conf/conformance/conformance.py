# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Drives every route of the stand-in with Dropbox's own Python SDK and checks each JSON answer strictly with its
validators. Prints one line for each check, and at the end how many passed and failed."""

import json
import sys

from harness import (
    check, client, control, counts, driven, fault, KEY, photos, refused, session, standin, Strict, workplace)
from oauth import drive_oauth
from pictures import dimensions, png

# After the stand-in has started.
import dropbox
import requests
from dropbox.content_hash import DropboxContentHasher
from dropbox.exceptions import ApiError, AuthError, BadInputError, InternalServerError, RateLimitError


def drive_tokens(result, few):
    dbx = client(result.access_token, oauth2_refresh_token=result.refresh_token, app_key=KEY)
    check("users: the account", dbx.users_get_current_account().account_id == result.account_id)
    refused("auth: a scope that was not granted", AuthError,
            lambda: client(few.access_token).files_get_temporary_link("/wide.png"), "missing_scope")
    refused("auth: a malformed token", BadInputError,
            lambda: client("rubbish").users_get_current_account(), "The given OAuth 2 access token is malformed.")
    refused("auth: an unknown token", AuthError,
            lambda: client("sl.u." + "x" * 100).users_get_current_account(), "invalid_access_token")
    control("/clock", advance=14401)
    refused("auth: an expired token", AuthError,
            lambda: client(result.access_token).users_get_current_account(), "expired_access_token")
    dbx.refresh_access_token()
    check("token: a refresh has three fields", sorted(Strict.last.json()) == ["access_token", "expires_in", "token_type"])
    check("users: works after the refresh", dbx.users_get_current_account().name.display_name == "Ana Li")
    broken = client(None, oauth2_refresh_token="short", app_key=KEY)
    refused("token: a malformed refresh token", AuthError, broken.refresh_access_token)
    check("token: says it is malformed", Strict.last.json()["error_description"] == "refresh token is malformed")
    return dbx


def drive_listing(dbx):
    page = dbx.files_list_folder("")
    entries, pages = list(page.entries), [page]
    while page.has_more:
        page = dbx.files_list_folder_continue(page.cursor)
        entries += page.entries
        pages.append(page)
    names = sorted(entry.name for entry in entries)
    check("list: each entry once", names == sorted(path.name for path in photos.iterdir()), names)
    check("list: pages within the limit", len(pages) > 2 and all(len(page.entries) <= 3 for page in pages))
    check("list: not in the order of names", names != [entry.name for entry in entries])
    for entry in entries:
        if isinstance(entry, dropbox.files.FileMetadata):
            hasher = DropboxContentHasher()
            hasher.update((photos / entry.name).read_bytes())
            check(f"list: content_hash of {entry.name}", entry.content_hash == hasher.hexdigest())
    deep = dbx.files_list_folder("", recursive=True, limit=1)
    paths = [entry.path_lower for entry in deep.entries]
    while deep.has_more:
        deep = dbx.files_list_folder_continue(deep.cursor)
        paths += [entry.path_lower for entry in deep.entries]
    check("list: recursive", "/trips/lake.png" in paths and len(paths) == len(entries) + 1, paths)
    check("list: an empty folder", not dbx.files_list_folder("/empty").entries)

    latest = dbx.files_list_folder_get_latest_cursor("").cursor
    (photos / "added.png").write_bytes(png(5, 5, (1, 2, 3)))
    (photos / "old.bmp").unlink()
    changes = []
    while True:
        change = dbx.files_list_folder_continue(latest)
        changes += change.entries
        latest = change.cursor
        if not change.has_more:
            break
    check("list: a cursor tells what changed",
          sorted((type(entry).__name__, entry.name) for entry in changes)
          == [("DeletedMetadata", "old.bmp"), ("FileMetadata", "added.png")], changes)
    check("list: and then nothing more", not dbx.files_list_folder_continue(latest).entries)

    refused("list: / is not the root", BadInputError,
            lambda: dbx.files_list_folder("/"), "Specify the root folder as an empty string")
    refused("list: not_found", ApiError, lambda: dbx.files_list_folder("/nowhere"), "not_found")
    refused("list: not_folder", ApiError, lambda: dbx.files_list_folder("/wide.png"), "not_folder")
    refused("list: no cursor at all", BadInputError, lambda: dbx.files_list_folder_continue("rubbish"))
    control("/reset-cursors")
    refused("list: a dead cursor", ApiError, lambda: dbx.files_list_folder_continue(latest), "reset")
    return {entry.name: entry for entry in entries}


def drive_files(dbx, entries):
    wide = entries["wide.png"]
    found = dbx.files_get_metadata(wide.id, include_media_info=True)
    size = found.media_info.get_metadata().dimensions
    check("metadata: dimensions", (size.width, size.height) == (400, 200))
    check("metadata: a folder", isinstance(dbx.files_get_metadata("/TRIPS"), dropbox.files.FolderMetadata))
    check("metadata: by revision", dbx.files_get_metadata("rev:" + wide.rev).id == wide.id)
    refused("metadata: not_found", ApiError, lambda: dbx.files_get_metadata("id:" + "x" * 22), "not_found")

    data = (photos / "wide.png").read_bytes()
    metadata, answer = dbx.files_download(wide.id)
    check("download: the bytes", answer.content == data and metadata.rev == wide.rev)
    check("download: the entity tag", answer.headers["ETag"] == f'W/"{wide.rev}"')
    emoji = entries["Übung 😀.png"]
    metadata, answer = dbx.files_download(emoji.path_lower)
    check("download: a name beyond ASCII", metadata.name == "Übung 😀.png")
    bearer = {"Authorization": f"Bearer {dbx._oauth2_access_token}"}
    url = f"https://{standin.host('content')}/2/files/download"
    argument = {**bearer, "Dropbox-API-Arg": json.dumps({"path": wide.id})}
    part = session.post(url, headers={**argument, "Range": "bytes=5-9"})
    check("download: a range", (part.status_code, part.content, part.headers["Content-Range"])
          == (206, data[5:10], f"bytes 5-9/{len(data)}"))
    check("download: not modified", session.post(
        url, headers={**argument, "If-None-Match": f'W/"{wide.rev}"'}).status_code == 304)
    refused("download: a folder", ApiError, lambda: dbx.files_download("/trips"), "not_file")

    link = dbx.files_get_temporary_link(wide.id).link
    answer = requests.get(link, timeout=10)
    check("link: the file", answer.content == data and answer.headers["Content-Type"] == "image/png")
    check("link: a range", requests.get(link, headers={"Range": "bytes=-4"}, timeout=10).content == data[-4:])
    check("link: only on its host", requests.get(
        link.replace(standin.origins["links"], standin.origins["content"]), timeout=10).status_code == 404)
    check("link: not guessable", requests.get(link.replace("/get/", "/get/x"), timeout=10).status_code == 404)
    control("/clock", advance=14401)
    check("link: 410 after four hours", requests.get(link, timeout=10).status_code == 410)
    dbx.refresh_access_token()


def drive_thumbnails(dbx, entries):
    files = dropbox.files
    wide = files.PathOrLink.path(entries["wide.png"].id)
    table = [
        ("jpeg", "w64h64", "strict", (64, 32)), ("png", "w128h128", "bestfit", (128, 64)),
        ("webp", "w256h256", "fitone_bestfit", (400, 200)), ("jpeg", "w128h128", "fitone_bestfit", (256, 128)),
        ("jpeg", "w2048h1536", "strict", (400, 200)), ("png", "w32h32", "original", (400, 200)),
    ]
    for kind, size, mode, expected in table:
        result, answer = dbx.files_get_thumbnail_v2(
            wide, format=getattr(files.ThumbnailFormat, kind), size=getattr(files.ThumbnailSize, size),
            mode=getattr(files.ThumbnailMode, mode))
        check(f"thumbnail: {kind} {size} {mode}", dimensions(answer.content) == expected, dimensions(answer.content))
        check("thumbnail: whose it is", result.file_metadata.id == entries["wide.png"].id)
    tall = files.PathOrLink.path(entries["Übung 😀.png"].path_display)
    _, answer = dbx.files_get_thumbnail_v2(tall, size=files.ThumbnailSize.w32h32)
    check("thumbnail: a tall one", dimensions(answer.content) == (24, 32))

    def thumbnail(path, **options):
        return lambda: dbx.files_get_thumbnail_v2(files.PathOrLink.path(path), **options)

    refused("thumbnail: HEIC", ApiError, thumbnail("/photo.heic"), "unsupported_extension")
    refused("thumbnail: no picture inside", ApiError, thumbnail("/broken.jpg"), "conversion_error")
    refused("thumbnail: a text", ApiError, thumbnail("/notes.txt"), "unsupported_extension")
    refused("thumbnail: nowhere", ApiError, thumbnail("/nowhere.jpg"), "not_found")
    refused("thumbnail: transparent JPEG", ApiError, thumbnail(
        entries["wide.png"].id, preserve_transparency=True), "unsupported_output_format")
    with open(photos / "large.png", "wb") as large:
        large.truncate(20_000_001)
    refused("thumbnail: over 20 MB", ApiError, thumbnail("/large.png"), "unsupported_image")

    batch = dbx.files_get_thumbnail_batch([
        files.ThumbnailArg("/trips/lake.png"), files.ThumbnailArg("/nowhere.jpg"), files.ThumbnailArg("/photo.heic")])
    first, second, third = batch.entries
    check("batch: success", first.get_success().metadata.name == "lake.png" and bool(first.get_success().thumbnail))
    check("batch: failures by position",
          second.get_failure().get_path().is_not_found() and third.get_failure().is_unsupported_extension())
    check("batch: 25 entries", len(dbx.files_get_thumbnail_batch([files.ThumbnailArg("/wide.png")] * 25).entries) == 25)
    refused("batch: 26 entries", ApiError, lambda: dbx.files_get_thumbnail_batch(
        [files.ThumbnailArg("/wide.png")] * 26), "too_many_files")


def drive_refusals(dbx):
    """What no SDK would send."""
    bearer = {"Authorization": f"Bearer {dbx._oauth2_access_token}"}
    as_json = {**bearer, "Content-Type": "application/json"}
    api, content = f"https://{standin.host('api')}/2/", f"https://{standin.host('content')}/2/"
    resource = {"resource": {".tag": "path", "path": "/wide.png"}}
    table = [
        ("unknown key", api + "files/list_folder", as_json, b'{"path": "", "x": 1}', "unexpected key 'x'"),
        ("limit 0", api + "files/list_folder", as_json, b'{"path": "", "limit": 0}', "limit"),
        ("limit 2001", api + "files/list_folder", as_json, b'{"path": "", "limit": 2001}', "limit"),
        ("no path", api + "files/list_folder", as_json, b"{}", "path"),
        ("no JSON", api + "files/list_folder", as_json, b"{", "could not decode input as JSON"),
        ("{} for nothing", api + "users/get_current_account", as_json, b"{}", "expected null, got value"),
        ("empty JSON", api + "users/get_current_account", as_json, b"", "could not decode input as JSON"),
        ("form type", api + "files/list_folder", {**bearer, "Content-Type": "application/x-www-form-urlencoded"},
         b'{"path": ""}', 'Bad HTTP "Content-Type" header'),
        ("no token", api + "files/list_folder", {"Content-Type": "application/json"}, b'{"path": ""}',
         'Must provide HTTP header "Authorization"'),
        ("quality", content + "files/get_thumbnail_v2",
         {**bearer, "Dropbox-API-Arg": json.dumps({**resource, "quality": "quality_80"})}, b"",
         "unexpected key 'quality'"),
        ("raw UTF-8 in the header", content + "files/download",
         {**bearer, "Dropbox-API-Arg": '{"path": "/Übung 😀.png"}'.encode()}, b"", "could not decode input as JSON"),
        ("no argument", content + "files/download", bearer, b"", 'Must provide HTTP header "Dropbox-API-Arg"'),
        ("a type on download", content + "files/download",
         {**as_json, "Dropbox-API-Arg": '{"path": "/wide.png"}'}, b"", "header be missing or empty"),
        ("header for a batch", content + "files/get_thumbnail_batch",
         {**as_json, "Dropbox-API-Arg": "{}"}, b'{"entries": []}', "Dropbox-API-Arg"),
    ]
    for what, url, headers, body, text in table:
        answer = session.post(url, headers=headers, data=body)
        check(f"refused: {what}", answer.status_code == 400 and text in answer.text, answer.text[:300])
    for what, url in (("content on api", api + "files/download"), ("api on content", content + "files/list_folder")):
        check(f"refused: {what}", session.post(url, headers=bearer).status_code == 404)


def drive_faults(dbx):
    def listing():
        dbx.files_list_folder("")

    for kind, exception, words in (
            ("500", InternalServerError, "500"), ("503", InternalServerError, "503"), ("429-text", RateLimitError, ""),
            ("missing-scope", AuthError, "missing_scope")):
        fault("files/list_folder", kind=kind)
        refused(f"fault: {kind}", exception, listing, words)
    fault("files/list_folder", kind="429", retry_after=7)
    try:
        listing()
    except RateLimitError as error:
        check("fault: 429 says how long to wait", error.backoff == 7)
    else:
        check("fault: 429 says how long to wait", False)
    fault("files/list_folder", kind="expired")
    before = dbx._oauth2_access_token
    listing()
    check("fault: expired leads to a refresh", dbx._oauth2_access_token != before)
    fault("files/get_thumbnail_v2", kind="cut", bytes=20)
    _, answer = dbx.files_get_thumbnail_v2(dropbox.files.PathOrLink.path("/wide.png"))
    refused("fault: cut", requests.exceptions.ChunkedEncodingError, lambda: answer.content)
    fault("files/list_folder", kind="delay", delay=3000)
    refused("fault: delay", requests.exceptions.ReadTimeout, lambda: session.post(
        f"https://{standin.host('api')}/2/files/list_folder", timeout=0.2))


def drive_revocation(dbx, result):
    dbx.auth_token_revoke()
    refused("revoke: the token", AuthError, lambda: client(
        dbx._oauth2_access_token).users_get_current_account(), "invalid_access_token")
    refused("revoke: its refresh token", AuthError, client(
        None, oauth2_refresh_token=result.refresh_token, app_key=KEY).refresh_access_token)
    check("revoke: says so", Strict.last.json()["error_description"] == "refresh token is invalid or revoked")


try:
    result, few = drive_oauth()
    dbx = drive_tokens(result, few)
    entries = drive_listing(dbx)
    drive_files(dbx, entries)
    drive_thumbnails(dbx, entries)
    drive_refusals(dbx)
    drive_faults(dbx)
    drive_revocation(dbx, result)
    expected = {"get_current_account", "list_folder", "list_folder/continue", "list_folder/get_latest_cursor",
                "get_metadata", "get_temporary_link", "get_thumbnail", "get_thumbnail_batch", "download", "token/revoke"}
    check("every route was driven", expected <= driven, expected - driven)
finally:
    status = standin.stop()
    workplace.cleanup()
check("the stand-in ends cleanly", status == 0, status)
print(f"conformance: {counts['passed']} passed, {counts['failed']} failed")
sys.exit(1 if counts["failed"] else 0)
