package io.stowage.system.support;

import org.opentest4j.TestAbortedException;

/**
 * Why tests of this module may be skipped: for nothing else. A skip's message begins with a name.
 */
public enum AllowedSkip {
  NO_REDIS_ON_THE_PATH("no redis-server on the PATH; the bundled one is tested all the same"),
  NO_REAL_DATA("no shared/data beside the project; made-up data is tested all the same");

  private final String reason;

  AllowedSkip(String reason) {
    this.reason = reason;
  }

  /**
   * What ends the test, or a class of tests before its first, as skipped; told on the console too.
   */
  public TestAbortedException skip() {
    String message = name() + ": " + reason;
    System.out.println("skipped: " + message);
    return new TestAbortedException(message);
  }
}
