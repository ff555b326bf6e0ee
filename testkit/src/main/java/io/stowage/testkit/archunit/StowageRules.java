package io.stowage.testkit.archunit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rules of layering, for use on one's own packages:
 *
 * <pre>{@code
 * JavaClasses classes = new ClassFileImporter().importPackages("com.acme");
 * StowageRules.applicationUsesOnlyTheApi("com.acme..", "com.acme.wiring..").check(classes);
 * }</pre>
 *
 * <p>Packages are given as ArchUnit patterns: {@code com.acme} is that package alone, {@code
 * com.acme..} also those below it. A rule whose package holds no class fails, so a pattern with a
 * slip of the pen does not pass for a clean architecture.
 */
public final class StowageRules {

  private static final String ALL = "io.stowage..";
  private static final String API = "io.stowage.api..";
  private static final String SPI = "io.stowage.spi..";
  private static final String SHARED_BY_REDIS_CLIENTS = "io.stowage.adapter.redis.common..";
  private static final String TESTKIT = "io.stowage.testkit..";

  private static final String[] CLIENT_LIBRARIES = {
    "io.lettuce..", "redis.clients..", "org.redisson..", "org.springframework.data.redis.."
  };

  private StowageRules() {}

  /**
   * Of Stowage, an application's code depends on {@code io.stowage.api} alone; ports, engine and
   * adapters are left to the composition roots.
   *
   * @param application the application's packages
   * @param compositionRoots those of them that wire the application together, if any
   */
  public static ArchRule applicationUsesOnlyTheApi(String application, String... compositionRoots) {
    return noClasses()
        .that(
            resideInAPackage(application)
                .and(not(resideInAnyPackage(compositionRoots)))
                .as("classes of %s outside of %s", application, List.of(compositionRoots)))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ALL)
                .and(not(resideInAnyPackage(API, TESTKIT)))
                .as("reside in %s but not in %s", ALL, API))
        .because("ports, engine and adapters are chosen where the application is put together");
  }

  /**
   * Classes of the domain depend on no class of the given packages.
   *
   * @param domain the packages that stay free
   * @param libraries what they must not see; one at least
   * @throws IllegalArgumentException if no library is given
   */
  public static ArchRule domainIsFreeOf(String domain, String... libraries) {
    if (libraries.length == 0) {
      throw new IllegalArgumentException("libraries are none; allowed is one or more packages");
    }
    return noClasses()
        .that()
        .resideInAPackage(domain)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .because("arrows point inwards: technology depends on the domain, not the reverse");
  }

  /**
   * Classes of the domain depend on no Redis client: Lettuce, Jedis, Redisson, Spring Data Redis.
   */
  public static ArchRule domainIsFreeOfRedisClients(String domain) {
    return domainIsFreeOf(domain, CLIENT_LIBRARIES);
  }

  /**
   * No adapter depends on a class of another one.
   *
   * @param adapters the packages of each adapter; two at least
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static ArchRule adaptersDoNotSeeEachOther(String... adapters) {
    if (adapters.length < 2) {
      throw new IllegalArgumentException(
          "adapters are " + List.of(adapters) + "; allowed are two or more packages");
    }
    List<ArchRule> rules = new ArrayList<>();
    for (String adapter : adapters) {
      String[] others =
          Arrays.stream(adapters).filter(other -> !other.equals(adapter)).toArray(String[]::new);
      rules.add(
          noClasses()
              .that()
              .resideInAPackage(adapter)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .because("any one adapter can be left out of the class path"));
    }
    return CompositeArchRule.of(rules);
  }

  /** Of Stowage, an adapter depends on ports, API and what Redis clients share; on no engine. */
  public static ArchRule adapterUsesOnlyThePorts(String adapter) {
    return noClasses()
        .that()
        .resideInAPackage(adapter)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ALL)
                .and(not(resideInAnyPackage(adapter, API, SPI, SHARED_BY_REDIS_CLIENTS, TESTKIT)))
                .as("reside in %s but are no ports", ALL))
        .because(
            "an adapter keeps the promises of the ports; versions and repair are the engine's");
  }

  /** Every package of these is annotated with {@code org.jspecify.annotations.NullMarked}. */
  public static ArchRule packagesAreNullMarked(String packages) {
    return classes()
        .that()
        .resideInAPackage(packages)
        .should(new BeInNullMarkedPackage())
        .because("where null is possible is said in the type");
  }

  /**
   * No class of the packages has a name with this ending.
   *
   * @param ending such as {@code Manager}: a name that says nothing of what the class does
   */
  public static ArchRule noClassIsNamed(String packages, String ending) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .haveSimpleNameEndingWith(ending)
        .because("a name says what a class does");
  }

  /**
   * A method that overrides a test is a test itself. JUnit forgets an inherited test, such as a
   * clause of the contract, that is overridden without {@code @Test}.
   */
  public static ArchRule overriddenTestsStayTests(String packages) {
    return methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(packages)
        .should(new StayTestWhenOverridden())
        .because("an overridden test without @Test is never run, and nobody notices");
  }
}
