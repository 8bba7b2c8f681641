// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
//
// Linux calls that the Glibc module leaves out, and those whose C types Swift calls unsafe or cannot
// name (the union in epoll_event). No logic.

#pragma once

#include <fcntl.h>
#include <linux/memfd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int linux_epoll_add = EPOLL_CTL_ADD;
static const int linux_epoll_modify = EPOLL_CTL_MOD;
static const int linux_epoll_delete = EPOLL_CTL_DEL;

static const uint32_t linux_epoll_in = EPOLLIN;
static const uint32_t linux_epoll_out = EPOLLOUT;
static const uint32_t linux_epoll_hang_up = EPOLLHUP | EPOLLERR;
static const uint32_t linux_epoll_half_closed = EPOLLRDHUP;
static const uint32_t linux_epoll_one_shot = EPOLLONESHOT;

typedef struct {
  uint32_t events;
  uint64_t tag;
} linux_epoll_ready;

static inline int linux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int linux_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t tag) {
  struct epoll_event event = {.events = events, .data.u64 = tag};
  return epoll_ctl(epoll, operation, descriptor, &event);
}

// At most 256 at a time.
static inline int linux_epoll_wait(int epoll, linux_epoll_ready *ready, int capacity, int milliseconds) {
  struct epoll_event events[256];
  int count = epoll_wait(epoll, events, capacity < 256 ? capacity : 256, milliseconds);
  for (int i = 0; i < count; i++) {
    ready[i].events = events[i].events;
    ready[i].tag = events[i].data.u64;
  }
  return count;
}

static inline int linux_wake_up_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
static inline void linux_wake_up(int descriptor) { (void)!eventfd_write(descriptor, 1); }
static inline void linux_wake_up_clear(int descriptor) {
  eventfd_t count;
  (void)!eventfd_read(descriptor, &count);
}

static inline void linux_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

// A counter of permits: each post lets one wait through.
static inline int linux_semaphore_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE); }
static inline void linux_semaphore_post(int descriptor) { (void)!eventfd_write(descriptor, 1); }
static inline void linux_semaphore_wait(int descriptor) {
  eventfd_t count;
  (void)!eventfd_read(descriptor, &count);
}

// The C library declares these two for GNU sources only.
static inline int linux_memory_file_create(const char *name) {
  return (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC);
}
static inline int linux_accept(int listener) {
  return (int)syscall(SYS_accept4, listener, 0, 0, SOCK_CLOEXEC);
}

// One message with at most 253 descriptors beside it (unix(7), SCM_RIGHTS). As sendmsg(2).
static inline long linux_send_with_descriptors(
    int socket, const void *bytes, size_t count, const int *descriptors, int descriptor_count, int flags) {
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(253 * sizeof(int))];
  } control;
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  size_t size = sizeof(int) * (size_t)descriptor_count;
  if (descriptor_count > 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(size);
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(size);
    __builtin_memcpy(CMSG_DATA(&control.header), descriptors, size);
  }
  return sendmsg(socket, &message, flags);
}

// The bytes of the next message, and a descriptor that came with it or -1; more of them the kernel closes. As recvmsg(2),
// and never waits.
static inline long linux_receive_with_descriptor(int socket, void *bytes, size_t count, int *descriptor) {
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(int))];
  } control;
  struct iovec part = {.iov_base = bytes, .iov_len = count};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_LEN(sizeof(int))};
  *descriptor = -1;
  long result = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = result < 0 ? 0 : CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN(sizeof(int)))
    __builtin_memcpy(descriptor, CMSG_DATA(header), sizeof(int));
  return result;
}

// Starts a program in a session of its own, with a socket as its descriptor 0 and whatever else is not to be closed. 0 or
// an error number.
static inline int linux_spawn(const char *path, char *const words[], char *const environment[], int socket) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults;
  pid_t process;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, socket, 0);
  posix_spawnattr_init(&attributes);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGCHLD);
  sigaddset(&defaults, SIGALRM);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  // POSIX_SPAWN_SETSID, which the C library declares for GNU sources only.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | 0x80);
  int code = posix_spawn(&process, path, &actions, &attributes, words, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return code;
}

// Whether a process of this user is at the other end of a Unix socket (unix(7), SO_PEERCRED; the C library declares its
// type for GNU sources only).
static inline int linux_peer_is(int socket, uid_t user) {
  struct {
    pid_t process;
    uid_t user;
    gid_t group;
  } peer;
  socklen_t size = sizeof peer;
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.user == user;
}

static inline void linux_no_delay(int descriptor) {
  int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// Blocks or unblocks these signals in the calling thread; threads inherit it when they start. 0 or an error number.
static inline int linux_signals_block(const int *signals, int count, int unblock) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
  return pthread_sigmask(unblock ? SIG_UNBLOCK : SIG_BLOCK, &set, 0);
}

static inline int linux_signal_handle(int signal, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  return sigaction(signal, &action, 0);
}

static inline int linux_pipe_create(int *ends) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC | O_NONBLOCK); }
