package io.stowage.testkit.port;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows {@code p101_storesTheRecord} as {@code P101 stores the record}. */
final class ClauseNames extends DisplayNameGenerator.Standard {

  private static final Pattern CLAUSE = Pattern.compile("(p\\d{3})_(\\w+)");
  private static final Pattern WORD_START =
      Pattern.compile("(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z0-9])(?=[A-Z][a-z])");

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
    Matcher clause = CLAUSE.matcher(testMethod.getName());
    if (!clause.matches()) {
      return super.generateDisplayNameForMethod(enclosingInstanceTypes, testClass, testMethod);
    }
    String words = WORD_START.matcher(clause.group(2)).replaceAll(" ");
    return clause.group(1).toUpperCase(Locale.ROOT) + " " + words.toLowerCase(Locale.ROOT);
  }
}
