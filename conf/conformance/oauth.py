# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""The authorize page and the token endpoint, driven with the SDK's flow."""

import urllib.parse

from harness import (
    check, KEY, REDIRECT, refused, SCOPES, SECRET, session, Strict)

# After the stand-in has started.
import dropbox
import requests


def authorize(flow_url, decision):
    """Presses a button on the authorize page, and returns the parameters of the redirect."""
    url = flow_url.replace("https://", "http://", 1)
    page = requests.get(url, timeout=10)
    check("authorize: the page has both buttons", 'id="allow"' in page.text and 'id="deny"' in page.text)
    answer = requests.post(url, data={"decision": decision}, allow_redirects=False, timeout=10)
    check("authorize: a decision redirects to the app",
          answer.status_code == 302 and answer.headers["Location"].startswith(REDIRECT))
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.headers["Location"]).query))


def flow(store, **options):
    made = dropbox.DropboxOAuth2Flow(
        KEY, REDIRECT, store, "csrf", token_access_type="offline", **options)
    made.requests_session = session
    return made


def drive_oauth():
    store = {}
    pkce = flow(store, use_pkce=True)
    start = pkce.start("url state")
    answer = authorize(start, "allow")
    result = pkce.finish(answer)
    check("token: PKCE brings both tokens", result.access_token.startswith("sl.") and bool(result.refresh_token))
    check("token: scope, account and state",
          (result.scope, len(result.account_id), result.url_state) == (" ".join(SCOPES), 40, "url state"))
    check("token: the type is text/javascript", Strict.last.headers["Content-Type"] == "text/javascript")
    check("token: expires_in", Strict.last.json()["expires_in"] == 14400)
    store["csrf"] = answer["state"].split("|")[0]
    refused("token: a code works once", requests.HTTPError, lambda: pkce.finish(answer), "400")
    check("token: a used code", Strict.last.json() ==
          {"error": "invalid_grant", "error_description": "code doesn't exist or has expired"})

    confidential = flow(store, consumer_secret=SECRET, scope=["files.metadata.read"])
    few = confidential.finish(authorize(confidential.start(), "allow"))
    check("token: with a secret, fewer scopes", few.scope == "account_info.read files.metadata.read")

    other = flow(store, use_pkce=True)
    wrong = authorize(other.start(), "allow")
    other.code_verifier = "x" * 64
    refused("token: a wrong verifier", requests.HTTPError, lambda: other.finish(wrong), "400")
    check("token: says invalid_grant", Strict.last.json()["error"] == "invalid_grant")

    forged = flow(store, consumer_secret="wrong")
    stolen = authorize(forged.start(), "allow")
    refused("token: a wrong secret", requests.HTTPError, lambda: forged.finish(stolen), "400")
    check("token: says so inside error",
          Strict.last.json()["error"] == "invalid_client: Invalid client_id or client_secret")

    denied = authorize(flow(store, use_pkce=True).start(), "deny")
    check("authorize: Deny", denied["error"] == "access_denied" and "code" not in denied and "state" in denied)
    bad = requests.get(start.replace("https://", "http://", 1).replace("oauthredirect", "elsewhere"),
                       allow_redirects=False, timeout=10)
    check("authorize: an unregistered address gets a page", bad.status_code == 400 and "Location" not in bad.headers)
    return result, few
