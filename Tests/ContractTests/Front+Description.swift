// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension Front: CustomTestStringConvertible {
  public var testDescription: String { rawValue }
}
