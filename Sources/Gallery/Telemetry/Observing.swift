// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// How the service is watched.
public struct Observing: Sendable {
  public var telemetry = Telemetry()
  /// Requests that take as long or longer get a line that says where their time went.
  public var slowLimit: Duration = .seconds(1)
  /// A header field whose value names the request, since the web server in front sets or removes it. Without one only
  /// the variables `REQUEST_ID` and `UNIQUE_ID` do, which no client can set.
  public var requestIDField: HTTPField.Name?

  public init() {}
}
