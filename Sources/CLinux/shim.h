// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
//
// Linux calls that the Glibc module leaves out, and those whose C types Swift calls unsafe or cannot
// name (the union in epoll_event). No logic.

#pragma once

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

static const int linux_epoll_add = EPOLL_CTL_ADD;
static const int linux_epoll_modify = EPOLL_CTL_MOD;
static const int linux_epoll_delete = EPOLL_CTL_DEL;

static const uint32_t linux_epoll_in = EPOLLIN;
static const uint32_t linux_epoll_out = EPOLLOUT;
static const uint32_t linux_epoll_hang_up = EPOLLHUP | EPOLLERR;
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
