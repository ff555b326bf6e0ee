package io.stowage.testkit.archunit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells of each method that overrides a test whether it is a test too. */
final class StayTestWhenOverridden extends ArchCondition<JavaMethod> {

  private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";

  StayTestWhenOverridden() {
    super("be a test if it overrides one");
  }

  @Override
  public void check(JavaMethod item, ConditionEvents events) {
    boolean stays = isTest(item) || overriddenTest(item).isEmpty();
    String about = overriddenTest(item).map(test -> " overrides " + test.getFullName()).orElse("");
    events.add(
        new SimpleConditionEvent(
            item,
            stays,
            item.getDescription()
                + about
                + (stays ? " as it may " : " without being a test ")
                + item.getSourceCodeLocation()));
  }

  private static Optional<JavaMethod> overriddenTest(JavaMethod method) {
    JavaClass owner = method.getOwner();
    String[] parameters =
        method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .map(type -> type.tryGetMethod(method.getName(), parameters))
        .flatMap(Optional::stream)
        .filter(StayTestWhenOverridden::isTest)
        .findFirst();
  }

  /** Whether JUnit sees a test in it: {@code @Test} and its kin are marked as testable. */
  private static boolean isTest(JavaMethod method) {
    return method.isMetaAnnotatedWith(TESTABLE);
  }
}
