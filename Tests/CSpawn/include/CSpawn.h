// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
//
// Calls behind _GNU_SOURCE, which the Glibc module is built without.

#pragma once

#include <sys/types.h>

// Starts words[0] with these three descriptors, `more` from number 3 on and no others, no signal blocked and SIGPIPE at
// its default, in `folder` unless that is null. Returns 0 or an error number.
int spawn_child(pid_t *id, char *const words[], const char *folder, int input, int output, int error, const int *more,
                int more_count);

// recvmsg(2) with the descriptors that came along, which belong to the caller.
long spawn_receive(int socket, void *bytes, size_t capacity, int descriptors[253], int *count);

// pipe2(2) with O_CLOEXEC: 0, or -1 and errno.
int spawn_pipe(int ends[2]);

// An unnamed file in memory to be read from its beginning, or -1 and errno.
int spawn_file(const void *bytes, size_t count);
