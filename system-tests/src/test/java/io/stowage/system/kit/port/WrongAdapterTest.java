package io.stowage.system.kit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Each wrong adapter fails with the clauses that are there to catch it. */
@Tag("slow")
class WrongAdapterTest {

  @ParameterizedTest
  @EnumSource
  void failsWithItsClauses(WrongAdapter wrong) {
    MethodSelector[] clauses =
        wrong.clauses().stream().map(WrongAdapterTest::clause).toArray(MethodSelector[]::new);

    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(WrongAdapterContract.WHICH, wrong.name())
            .selectors(clauses)
            .execute()
            .testEvents();

    List<String> failed =
        tests.failed().stream().map(e -> e.getTestDescriptor().getDisplayName()).toList();
    for (String clause : wrong.clauses()) {
      assertThat(failed)
          .as("failures of %s", wrong)
          .anyMatch(name -> name.startsWith("P" + clause.substring(1) + " "));
    }
    assertThat(tests.failed().stream().map(WrongAdapterTest::failure))
        .as("%s fails by an assertion, not by an accident", wrong)
        .allSatisfy(failure -> assertThat(failure).isInstanceOf(AssertionError.class));
  }

  private static MethodSelector clause(String number) {
    List<String> tests =
        Arrays.stream(WrongAdapterContract.class.getMethods())
            .map(method -> method.getName())
            .filter(name -> name.startsWith(number + "_"))
            .toList();
    assertThat(tests).as("tests of clause %s", number).hasSize(1);
    return selectMethod(WrongAdapterContract.class, tests.get(0));
  }

  private static Throwable failure(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }
}
