// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

/// The suites that share one Chromium process and one installation.
@Suite(.sharedBrowser) enum InChromium {}
