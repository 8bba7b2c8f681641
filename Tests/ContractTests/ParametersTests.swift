// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

/// What web servers tell the service about a request, by a program in its place that answers with just that.
@Suite(.serialized)
struct ParametersTests {
  private static let responder = #"""
    #!/usr/bin/env python3
    import socket, struct, sys
    if len(sys.argv) > 1:
        listener = socket.socket(socket.AF_UNIX); listener.bind(sys.argv[1]); listener.listen(64)
        print("listening", flush=True)
    else:
        listener = socket.socket(fileno=0)
    while True:
        web, _ = listener.accept()
        stream, parameters = web.makefile("rb"), b""
        while header := stream.read(8):
            _, kind, number, length, padding = struct.unpack(">BBHHBx", header)
            content = stream.read(length + padding)[:length]
            if kind == 4: parameters += content
            if kind == 5 and not length: break
        lines, at = [], 0
        def size():
            global at
            long = parameters[at] >> 7
            value = struct.unpack(">I", parameters[at:at + 4])[0] & 0x7fffffff if long else parameters[at]
            at += 4 if long else 1
            return value
        while at < len(parameters):
            name, value = size(), size()
            lines.append(parameters[at:at + name] + b"=" + parameters[at + name:at + name + value])
            at += name + value
        body = b"Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"\n".join(lines)
        web.sendall(struct.pack(">BBHHBx", 1, 6, number, len(body), 0) + body)
        web.sendall(struct.pack(">BBHHBx", 1, 3, number, 8, 0) + bytes(8))
        web.close()
    """#

  @Test(arguments: Front.sites, ["--http1.1", "--http2"])
  func `the service is told what is so, and no client changes it`(
    front: Front, version: String
  ) async throws {
    let folder = try TemporaryFolder()
    try Project.openToAll(folder.path)
    let program = try folder.write(Self.responder, to: "responder")
    try Project.openToAll(program)
    var web = try await Installation.Web.prepare(front, folder)
    web.program = program
    let socket = folder.path(of: "fcgi.sock")
    var responder: ChildProcess?
    if front != .apacheFcgid {
      responder = try await ChildProcess.start(program, [socket])
      _ = try await responder?.line(containing: "listening")
      try Project.openToAll(socket)
    }
    // Apache keeps `Proxy` from the service by itself; ours is to be gone before anything looks at it.
    let echo = front.isApache ? ["-c", "Header always echo ^(Proxy|Remote-User)$"] : []
    let server = try await web.start(socket: socket, [:], echo)
    try await Installation.untilListening(web)

    let sent = [
      "Proxy: http://elsewhere.example", "REQUEST_ID: forged", "Request-Id: forged",
      "Unique-Id: forged", "UNIQUE_ID: forged", "X-Request-Id: forged", "Gallery-Refusal: 413",
      "GALLERY_REFUSAL: 413", "Https: off", "Remote-Addr: 1.2.3.4", "Remote-User: root",
      "X-Forwarded-For: 1.2.3.4",
    ]
    let target = "/albums/a%20b/../c?code=secret&state=secret"
    let answer = try await Curl.get(
      web.site + target, trusting: web.certificate, [version] + sent.flatMap { ["--header", $0] })
    #expect(answer.status == 200, "\(answer.complaint)")
    let pairs = answer.body.split(separator: "\n").map {
      $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
    let told = Dictionary(grouping: pairs, by: { $0[0] }).mapValues { $0.map { $0[1] } }
    #expect(told.filter { $0.value.count > 1 } == [:])
    #expect(told["HTTP_PROXY"] ?? [""] == [""])
    #expect(told["REQUEST_METHOD"] == ["GET"])
    #expect(told["REQUEST_URI"] == [target])
    #expect(told["HTTPS"] == ["on"])
    #expect(told["REMOTE_ADDR"] == ["127.0.0.1"])
    #expect(told["REMOTE_USER"] == nil)
    #expect(told["GALLERY_REFUSAL"] == nil)
    let id = try #require(told["REQUEST_ID"]?.first)
    #expect(id.wholeMatch(of: /[0-9a-f]{32}|[A-Za-z0-9@_-]{20,40}/) != nil, "\(id)")
    if front.isApache {
      #expect(told["UNIQUE_ID"] == [id])
      #expect(answer.fields["proxy"] == nil)
      #expect(answer.fields["remote-user"] == ["root"])
    }

    // The line is written after the answer; a stop writes what is left.
    try await server.terminate()
    let log = try String(contentsOfFile: web.runtime + "/gallery.log", encoding: .utf8)
    #expect(log.contains(id))
    #expect(!log.contains("secret"))
    try await responder?.terminate()
  }
}
