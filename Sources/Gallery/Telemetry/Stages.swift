// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Where the time of a request went. Pure.
struct Stages {
  enum Name: String, CaseIterable {
    /// From its first byte until its handler began: for the rest of it, and for a thread.
    case waiting
    case redis
    case dropbox
    /// What the handler did itself.
    case rendering
    /// Until the web server had taken the whole answer.
    case writing
  }

  var waiting: Duration = .zero
  var redis: Duration = .zero
  var dropbox: Duration = .zero
  var rendering: Duration = .zero
  var writing: Duration = .zero

  subscript(name: Name) -> Duration {
    switch name {
    case .waiting: waiting
    case .redis: redis
    case .dropbox: dropbox
    case .rendering: rendering
    case .writing: writing
    }
  }

  /// The one of these that took longest.
  func longest(of names: [Name]) -> Name {
    names.max { self[$0] < self[$1] } ?? .rendering
  }
}

extension Duration {
  /// In milliseconds with one digit after the point, as logs have it.
  var logged: Double {
    (self / .milliseconds(1) * 10).rounded() / 10
  }
}
