package io.stowage.api;

/**
 * Where a page ended. Opaque: made by {@link Storage#page}, given back to it, and safe to keep in a
 * URL. It fits only the query that it was made for.
 *
 * @param token letters, digits, {@code -} and {@code _}
 */
public record Cursor(String token) {

  public Cursor {
    if (token.isEmpty()) {
      throw new IllegalArgumentException("cursor is empty; take it from Page.next()");
    }
  }

  @Override
  public String toString() {
    return token;
  }
}
