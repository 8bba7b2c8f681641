// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

// Preloaded into nginx and the service in the container: SIGTERM does nothing to them. Heroku sends it to every process at
// once; nginx would drop what it is about to answer, and the service would be gone before nginx. The entry point is told
// too, and stops them one after the other, by SIGQUIT and SIGINT.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>

int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict former) {
  int (*real)(int, const struct sigaction *, struct sigaction *);
  // Not by a cast, which ISO C does not know between data and functions.
  *(void **)&real = dlsym(RTLD_NEXT, "sigaction");
  struct sigaction ignored = {.sa_handler = SIG_IGN};
  return real(number, number == SIGTERM && action ? &ignored : action, former);
}
