package io.stowage.testkit.archunit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Tells of each class whether its package is null-marked. */
final class BeInNullMarkedPackage extends ArchCondition<JavaClass> {

  BeInNullMarkedPackage() {
    super("be in a package that is @NullMarked");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    boolean marked = item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
    events.add(
        new SimpleConditionEvent(
            item,
            marked,
            item.getDescription()
                + (marked ? " is" : " is not")
                + " in a @NullMarked package "
                + item.getSourceCodeLocation()));
  }
}
