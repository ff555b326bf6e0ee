package io.stowage.adapter.redis.common;

import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads replies as what their command promises; another kind of reply is a refusal. */
public final class Replies {

  private Replies() {}

  public static byte[] bytes(Reply reply) {
    if (reply instanceof Reply.Bulk bulk) {
      return bulk.bytes();
    }
    throw unexpected("a string", reply);
  }

  public static String text(Reply reply) {
    return new String(bytes(reply), StandardCharsets.UTF_8);
  }

  public static long integer(Reply reply) {
    if (reply instanceof Reply.Int integer) {
      return integer.value();
    }
    throw unexpected("an integer", reply);
  }

  public static List<Reply> array(Reply reply) {
    if (reply instanceof Reply.Array array) {
      return array.elements();
    }
    throw unexpected("an array", reply);
  }

  /** A whole number that was sent as a string. */
  public static long decimal(Reply reply) {
    return Long.parseLong(text(reply));
  }

  static double score(Reply reply) {
    String text = text(reply);
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static AdapterException unexpected(String wanted, Reply reply) {
    String got =
        reply instanceof Reply.Failure error ? error.text() : reply.getClass().getSimpleName();
    return AdapterException.partlyRefused(
        "the server answered " + got + " where " + wanted + " was due", null);
  }
}
