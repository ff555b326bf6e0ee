package io.stowage.cli.terminal;

import java.util.regex.Pattern;

/** Text made fit for one line on standard error: no line breaks, no password of a URI. */
public final class ErrorLine {

  private static final int MAX_LENGTH = 4_000;
  private static final Pattern CREDENTIALS = Pattern.compile("//(?!\\[)\\S*@");
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\s]+");

  private ErrorLine() {}

  /** What an exception says, or its class if it says nothing. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getName() : of(message);
  }

  /** The text on one line. */
  public static String of(String text) {
    String line = BREAKS.matcher(text).replaceAll(" ").strip();
    String safe = CREDENTIALS.matcher(line).replaceAll("//***@");
    return safe.length() <= MAX_LENGTH ? safe : safe.substring(0, MAX_LENGTH) + " ...";
  }
}
