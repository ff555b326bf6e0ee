package io.stowage.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The test of one clause of a contract. Clauses mostly wait for items to expire, and each has a
 * store of its own, so those of one class run beside each other where JUnit's parallel execution is
 * on. The {@code junit-platform.properties} of this artifact turns it on, for clauses alone and
 * with sixteen threads; {@code -Djunit.jupiter.execution.parallel.enabled=false} or a file of that
 * name among the tests turns it off.
 *
 * <p>A clause that must have the backend to itself adds {@code @ResourceLock(Clause.BACKEND)}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Clause.BACKEND, mode = ResourceAccessMode.READ)
public @interface Clause {

  /** What every clause shares with the others: the backend under test. */
  String BACKEND = "io.stowage.testkit.backend";

  /**
   * The {@link org.junit.jupiter.api.Order} of clauses that go through all keys of the backend,
   * whosever they are: they begin while others have not filled it yet.
   */
  int FIRST = 1;
}
