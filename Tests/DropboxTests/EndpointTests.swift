// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import Testing

@testable import Dropbox

/// What the endpoints send, byte by byte.
struct EndpointTests {
  private let file = FileReference.path(FolderPath("/Übung \"1\".jpg")!)

  private func call<Arguments, Reply>(
    _ endpoint: Endpoint<Arguments, Reply>, _ arguments: Arguments
  ) throws -> Call {
    try endpoint.call(
      arguments, at: DropboxOrigins(), with: try Connection.token("sl.secret"))
  }

  private func expect(
    _ call: Call, _ url: String, body: String, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(call.url == url, sourceLocation: location)
    #expect(String(decoding: call.body, as: UTF8.self) == body, sourceLocation: location)
    #expect(call.fields == [.contentType: "application/json"], sourceLocation: location)
  }

  private func expect(
    _ call: Call, _ url: String, header: String, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(call.url == url, sourceLocation: location)
    #expect(call.body.isEmpty, sourceLocation: location)
    #expect(call.fields == [.dropboxArgument: header], sourceLocation: location)
  }

  @Test func `arguments in a body are JSON`() throws {
    let api = "https://api.dropboxapi.com/2/"
    expect(
      try call(CurrentAccount.endpoint, NoArguments()), api + "users/get_current_account",
      body: "null")
    expect(
      try call(RevokeToken.endpoint, NoArguments()), api + "auth/token/revoke", body: "null")
    expect(
      try call(ListFolder.endpoint, ListFolder.Arguments(path: "", limit: 2000)),
      api + "files/list_folder", body: #"{"limit":2000,"path":""}"#)
    expect(
      try call(ListFolder.continuation, ListFolder.ContinueArguments(cursor: #"A"\"#)),
      api + "files/list_folder/continue", body: #"{"cursor":"A\"\\"}"#)
    expect(
      try call(GetMetadata.endpoint, GetMetadata.Arguments(path: file.path)),
      api + "files/get_metadata", body: #"{"path":"/\u00dcbung \"1\".jpg"}"#)
    expect(
      try call(GetMetadata.details, GetMetadata.DetailsArguments(path: "rev:0161a2b3c")),
      api + "files/get_metadata", body: #"{"include_media_info":true,"path":"rev:0161a2b3c"}"#)
    expect(
      try call(TemporaryLink.endpoint, TemporaryLink.Arguments(path: "id:AbC")),
      api + "files/get_temporary_link", body: #"{"path":"id:AbC"}"#)
    expect(
      try call(
        ThumbnailBatch.endpoint,
        ThumbnailBatch.Arguments(of: [file], size: .w64h64, mode: .fitoneBestfit)),
      "https://content.dropboxapi.com/2/files/get_thumbnail_batch",
      body: #"{"entries":[{"format":"jpeg","mode":"fitone_bestfit","#
        + #""path":"/\u00dcbung \"1\".jpg","size":"w64h64"}]}"#)
  }

  @Test func `arguments of calls for bytes are JSON in a header`() throws {
    let content = "https://content.dropboxapi.com/2/"
    expect(
      try call(
        GetThumbnail.endpoint,
        GetThumbnail.Arguments(of: file, format: .webp, size: .w2048h1536, mode: .strict)),
      content + "files/get_thumbnail_v2",
      header: #"{"format":"webp","mode":"strict","resource":{".tag":"path","#
        + #""path":"/\u00dcbung \"1\".jpg"},"size":"w2048h1536"}"#)
    expect(
      try call(GetFile.endpoint, GetFile.Arguments(path: file.path)), content + "files/download",
      header: #"{"path":"/\u00dcbung \"1\".jpg"}"#)
  }

  @Test func `the token is sent, and stands in no description of the call`() throws {
    let call = try call(GetFile.endpoint, GetFile.Arguments(path: "id:AbC"))
    let request = call.request(limit: .seconds(1))
    #expect(request.fields[.authorization] == "Bearer sl.secret")
    var dumped = ""
    dump(call, to: &dumped)
    for text in ["\(call)", String(reflecting: call), dumped] {
      #expect(!text.contains("sl.secret"))
    }
  }

  @Test func `only calls for files wait for the end of a throttle`() {
    #expect(ListFolder.endpoint.isFileCall)
    #expect(GetFile.endpoint.isFileCall)
    #expect(!CurrentAccount.endpoint.isFileCall)
    #expect(!RevokeToken.endpoint.isFileCall)
  }

  @Test(arguments: [
    (["path", "restricted_content"], DropboxError.endpoint(.path(.restrictedContent))),
    (["path", "not_found"], .notFound), (["path"], .endpoint(.unknown("path"))),
    (["path", "brand_new"], .endpoint(.unknown("path/brand_new"))),
    (["unsupported_file"], .endpoint(.download(.unsupportedFile))),
    (["range", "not_satisfiable"], .endpoint(.download(.rangeNotSatisfiable))),
    (["unsupported_extension"], .endpoint(.unknown("unsupported_extension"))),
  ])
  func `an endpoint knows its own errors, and those of a path`(
    tags: [String], expected: DropboxError
  ) {
    #expect(DropboxError(UnionTags(tags: tags), GetFile.endpoint.error) == expected)
  }

  @Test(arguments: [
    EndpointError.path(.notFolder), .listFolderContinue(.reset), .temporaryLink(.notAllowed),
    .thumbnail(.conversionError), .download(.rangeNotSatisfiable), .unknown("a/b"),
  ])
  func `an error describes itself as its tags`(error: EndpointError) {
    let tags = "\(error)".split(separator: "/").map(String.init)
    let own: ([String]) -> EndpointError? = {
      ThumbnailError.error($0) ?? ListFolder.continuation.error($0) ?? GetFile.endpoint.error($0)
        ?? TemporaryLink.endpoint.error($0)
    }
    #expect(DropboxError(UnionTags(tags: tags), own) == .endpoint(error))
  }
}
