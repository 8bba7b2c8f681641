// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include "CSpawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

extern char **environ;

int spawn_child(pid_t *id, char *const words[], const char *folder, int input, int output, int error, const int *more,
                int more_count) {
  // Out of the way of the numbers they will have, so that none is overwritten before its turn.
  int copies[more_count > 0 ? more_count : 1];
  for (int i = 0; i < more_count; i++) copies[i] = fcntl(more[i], F_DUPFD_CLOEXEC, 3 + more_count);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_adddup2(&actions, error, 2);
  for (int i = 0; i < more_count; i++) posix_spawn_file_actions_adddup2(&actions, copies[i], 3 + i);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3 + more_count);
  if (folder) posix_spawn_file_actions_addchdir_np(&actions, folder);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigaddset(&signals, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  int code = posix_spawnp(id, words[0], &actions, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  for (int i = 0; i < more_count; i++) close(copies[i]);
  return code;
}

long spawn_receive(int socket, void *bytes, size_t capacity, int descriptors[253], int *count) {
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(253 * sizeof(int))];
  } control;
  struct iovec part = {.iov_base = bytes, .iov_len = capacity};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  long length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  *count = 0;
  struct cmsghdr *header = length < 0 ? 0 : CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
    *count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(descriptors, CMSG_DATA(header), (size_t)*count * sizeof(int));
  }
  return length;
}

int spawn_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int spawn_file(const void *bytes, size_t count) {
  int file = memfd_create("input", MFD_CLOEXEC);
  if (file < 0) return -1;
  if (write(file, bytes, count) != (ssize_t)count || lseek(file, 0, SEEK_SET) != 0) {
    close(file);
    return -1;
  }
  return file;
}
