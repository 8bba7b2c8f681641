// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
//
// libcurl's variadic calls, one function for each type of argument, and the macros Swift cannot see.
// No logic.

#pragma once

#include <curl/curl.h>

// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, with the pointer types Swift likes.
typedef size_t (*curl_bytes_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*curl_multi_socket_change)(CURL *easy, curl_socket_t descriptor, int what, void *context, void *socket);
typedef int (*curl_multi_timer_change)(CURLM *multi, long milliseconds, void *context);

static inline CURLcode curl_easy_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode curl_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode curl_easy_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode curl_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode curl_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode curl_easy_set_callback(CURL *easy, CURLoption option, curl_bytes_callback value) {
  return curl_easy_setopt(easy, option, value);
}

// A copy is made; CURLOPT_CAINFO_BLOB and its like.
static inline CURLcode curl_easy_set_blob(CURL *easy, CURLoption option, void *bytes, size_t count) {
  struct curl_blob blob = {.data = bytes, .len = count, .flags = CURL_BLOB_COPY};
  return curl_easy_setopt(easy, option, &blob);
}

static inline CURLcode curl_easy_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode curl_easy_get_socket(CURL *easy, curl_socket_t *value) {
  return curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, value);
}
static inline CURLcode curl_easy_get_pointer(CURL *easy, CURLINFO info, void **value) {
  return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
static inline CURLMcode curl_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
  return curl_multi_setopt(multi, option, value);
}
static inline CURLMcode curl_multi_set_socket_change(CURLM *multi, curl_multi_socket_change value) {
  return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, value);
}
static inline CURLMcode curl_multi_set_timer_change(CURLM *multi, curl_multi_timer_change value) {
  return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, value);
}

// A finished transfer: its easy handle and how it ended; null when there is none.
static inline CURL *curl_multi_take_finished(CURLM *multi, CURLcode *result) {
  int left;
  CURLMsg *message = curl_multi_info_read(multi, &left);
  while (message && message->msg != CURLMSG_DONE) message = curl_multi_info_read(multi, &left);
  if (!message) return NULL;
  *result = message->data.result;
  return message->easy_handle;
}

static const long curl_http_1_1 = CURL_HTTP_VERSION_1_1;
static const long curl_http_2_tls = CURL_HTTP_VERSION_2TLS;
static const long curl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
static const long curl_global_default = CURL_GLOBAL_DEFAULT;
static const int curl_pause_nothing = CURLPAUSE_CONT;
static const size_t curl_write_pause = CURL_WRITEFUNC_PAUSE;
static const size_t curl_write_error = CURL_WRITEFUNC_ERROR;
static const int curl_timeout_socket = CURL_SOCKET_TIMEOUT;
static const curl_socket_t curl_socket_bad = CURL_SOCKET_BAD;
