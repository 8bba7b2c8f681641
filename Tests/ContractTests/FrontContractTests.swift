// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

// The contract behind each front. The suites run side by side, the cases of a suite one after the other.

@Suite(.serialized, .contract(.nginxKept))
struct NginxKeepAliveContractTests {
  @Test(arguments: ContractCase.all)
  func `nginx with keep-alive connections keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}

@Suite(.serialized, .contract(.nginxPlain))
struct NginxContractTests {
  @Test(arguments: ContractCase.all)
  func `nginx with a connection per request keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}

@Suite(.serialized, .contract(.nginxSite))
struct NginxSiteContractTests {
  @Test(arguments: ContractCase.all)
  func `nginx with site.conf keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}

@Suite(.serialized, .contract(.apacheProxy))
struct ApacheProxyContractTests {
  @Test(arguments: ContractCase.all)
  func `mod_proxy_fcgi keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}

@Suite(.serialized, .contract(.apacheFcgid))
struct ApacheFcgidContractTests {
  @Test(arguments: ContractCase.all)
  func `mod_fcgid keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}

@Suite(.serialized, .contract(.spawnFCGI))
struct SpawnFCGIContractTests {
  @Test(arguments: ContractCase.all)
  func `spawn-fcgi keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}

@Suite(.serialized, .contract(.cgiFCGI))
struct CGIFCGIContractTests {
  @Test(arguments: ContractCase.all)
  func `cgi-fcgi keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}

@Suite(.serialized, .contract(.plainCGI))
struct PlainCGIContractTests {
  @Test(arguments: ContractCase.all)
  func `plain CGI keeps the contract`(row: ContractCase) async throws {
    try await row.run()
  }
}
