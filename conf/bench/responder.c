// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
//
// The yardstick of `make bench`: the least a FastCGI responder in C can do. Threads that each accept and answer, with
// the bytes of our /healthz.
//
//   cc -O2 -o responder responder.c -lfcgi -lpthread
//   responder SOCKET [THREADS]

#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char answer[] =
    "Status: 200 OK\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 3\r\n"
    "\r\n"
    "ok\n";

static int listener;

static void *serve(void *unused) {
  FCGX_Request request;
  FCGX_InitRequest(&request, listener, 0);
  while (FCGX_Accept_r(&request) == 0) {
    if (FCGX_GetParam("REQUEST_URI", request.envp) == NULL) continue;
    FCGX_PutStr(answer, sizeof answer - 1, request.out);
    while (FCGX_GetChar(request.in) != -1) {
    }
    FCGX_Finish_r(&request);
  }
  return unused;
}

int main(int count, char **arguments) {
  if (count < 2) {
    fprintf(stderr, "usage: responder SOCKET [THREADS]\n");
    return 64;
  }
  int threads = count > 2 ? atoi(arguments[2]) : 16;
  umask(0117);
  if (FCGX_Init() != 0 || (listener = FCGX_OpenSocket(arguments[1], 4096)) < 0) return 1;
  for (int i = 1; i < threads; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, NULL) != 0) return 1;
  }
  serve(NULL);
  return 0;
}
