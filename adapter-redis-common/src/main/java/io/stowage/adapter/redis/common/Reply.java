package io.stowage.adapter.redis.common;

import java.util.List;

/** What the server answered to one command. */
public sealed interface Reply {

  /** No value: a null bulk string or a null array. */
  Reply NIL = new Nil();

  /** A bulk string or a status line. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
  record Bulk(byte[] bytes) implements Reply {}

  /** An integer. */
  record Int(long value) implements Reply {}

  /** An array; its elements may be errors. */
  record Array(List<Reply> elements) implements Reply {}

  /** An error: a code in capital letters, a space and a text. */
  record Failure(String text) implements Reply {}

  /** No value. */
  record Nil() implements Reply {}
}
