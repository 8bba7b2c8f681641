// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

// libfcgi with the fields of FCGX_Request that hand-over needs. No logic.
//
// The fields stand below "Don't use anything below here" in fcgiapp.h. They are the same from 2.4.2 to 2.4.7;
// another layout stops the build here, and the start of the server.

#pragma once

#include <signal.h>
#include <stddef.h>

#include <fcgiapp.h>

#if defined(__x86_64__) || defined(__aarch64__)
_Static_assert(sizeof(FCGX_Request) == 80, "FCGX_Request has another size");
_Static_assert(offsetof(FCGX_Request, requestId) == 0, "FCGX_Request has another layout");
_Static_assert(offsetof(FCGX_Request, in) == 8, "FCGX_Request has another layout");
_Static_assert(offsetof(FCGX_Request, envp) == 32, "FCGX_Request has another layout");
_Static_assert(offsetof(FCGX_Request, ipcFd) == 48, "FCGX_Request has another layout");
_Static_assert(offsetof(FCGX_Request, keepConnection) == 56, "FCGX_Request has another layout");
_Static_assert(offsetof(FCGX_Request, listen_sock) == 72, "FCGX_Request has another layout");
_Static_assert(offsetof(FCGX_Request, detached) == 76, "FCGX_Request has another layout");
#endif

// FCGX_Init, with the handlers of SIGTERM and SIGUSR1 put back, and SIGPIPE ignored.
static inline int fcgi_init(void) {
  struct sigaction terminate, user;
  sigaction(SIGTERM, 0, &terminate);
  sigaction(SIGUSR1, 0, &user);
  int code = FCGX_Init();
  sigaction(SIGTERM, &terminate, 0);
  sigaction(SIGUSR1, &user, 0);
  signal(SIGPIPE, SIG_IGN);
  return code;
}
