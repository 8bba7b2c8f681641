// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import Testing

struct ContentDispositionTests {
  @Test(arguments: [
    ("Lake.jpg", "Lake.jpg", "Lake.jpg"),
    ("a b;c.jpg", "a b;c.jpg", "a%20b%3Bc.jpg"),
    (#"say "hi".jpg"#, "say _hi_.jpg", "say%20%22hi%22.jpg"),
    ("100 %41.jpg", "100 _41.jpg", "100%20%2541.jpg"),
    ("Übung.jpg", "_bung.jpg", "%C3%9Cbung.jpg"),
    ("\u{1F600}.png", "_.png", "%F0%9F%98%80.png"),
    ("👩‍🚀.png", "___.png", "%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80.png"),
    ("a\r\nSet-Cookie: b\0.jpg", "a__Set-Cookie: b_.jpg", "a__Set-Cookie%3A%20b_.jpg"),
    ("a\u{2028}b\u{85}c.jpg", "a_b_c.jpg", "a_b_c.jpg"),
    ("../../etc/passwd", "_.._etc_passwd", "_.._etc_passwd"),
    (#"c:\x.jpg"#, "c:_x.jpg", "c%3A_x.jpg"),
    ("photo\u{202E}gpj.exe", "photo_gpj.exe", "photo_gpj.exe"),
    (" .htaccess", "htaccess", "htaccess"), ("", "file", "file"), ("..", "file", "file"),
    ("it's.jpg", "it's.jpg", "it%27s.jpg"),
  ])
  func `a name is said twice, and in neither way does harm`(
    name: String, fallback: String, coded: String
  ) {
    let field = ContentDisposition.attachment(named: name)
    #expect(field == "attachment; filename=\"\(fallback)\"; filename*=UTF-8''\(coded)")
    #expect(field.utf8.allSatisfy { (0x20...0x7E).contains($0) })
  }
}
