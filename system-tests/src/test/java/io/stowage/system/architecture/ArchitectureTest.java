package io.stowage.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.stowage.testkit.archunit.StowageRules;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The architecture of the project itself: arrows only point inwards. */
@Tag("one-jdk")
@Tag("slow")
class ArchitectureTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.stowage");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages(
              "io.stowage.system.coding",
              "io.stowage.system.topology",
              "io.stowage.system.kit.port",
              "io.stowage.system.kit.storage");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.stowage.api",
        "io.stowage.spi",
        "io.stowage.core",
        "io.stowage.serialization",
        "io.stowage.adapter.memory",
        "io.stowage.adapter.redis.common",
        "io.stowage.adapter.redis.lettuce",
        "io.stowage.adapter.redis.jedis",
        "io.stowage.embedded.redis",
        "io.stowage.testkit",
        "io.stowage.testkit.redis"
      })
  void everyModuleIsLookedAt(String module) {
    assertThat(PRODUCTION)
        .as("classes of %s", module)
        .anyMatch(type -> type.getPackageName().startsWith(module));
  }

  @Test
  void theApiDoesNotSeeThePorts() {
    StowageRules.domainIsFreeOf("io.stowage.api..", "io.stowage.spi..").check(PRODUCTION);
  }

  @Test
  void apiAndPortsStandAlone() {
    ArchRule rule =
        classes()
            .that()
            .resideInAnyPackage("io.stowage.api..", "io.stowage.spi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.stowage.api..", "io.stowage.spi..", "java..", "org.jspecify.annotations..");
    rule.check(PRODUCTION);
  }

  @Test
  void theEngineSeesNoAdapterNoCodecAndNoClient() {
    StowageRules.domainIsFreeOf(
            "io.stowage.core..",
            "io.stowage.adapter..",
            "io.stowage.serialization..",
            "io.stowage.embedded..",
            "io.stowage.cli..",
            "tools.jackson..",
            "com.fasterxml.jackson..",
            "com.github.benmanes.caffeine..")
        .check(PRODUCTION);
    StowageRules.domainIsFreeOfRedisClients("io.stowage.core..").check(PRODUCTION);
  }

  @Test
  void codecsSeeNoEngineAndNoAdapter() {
    StowageRules.domainIsFreeOf(
            "io.stowage.serialization..",
            "io.stowage.core..",
            "io.stowage.adapter..",
            "io.stowage.embedded..")
        .check(PRODUCTION);
    StowageRules.domainIsFreeOfRedisClients("io.stowage.serialization..").check(PRODUCTION);
  }

  @Test
  void noAdapterSeesAnother() {
    StowageRules.adaptersDoNotSeeEachOther(
            "io.stowage.adapter.memory..",
            "io.stowage.adapter.redis.lettuce..",
            "io.stowage.adapter.redis.jedis..")
        .check(PRODUCTION);
    StowageRules.domainIsFreeOf(
            "io.stowage.adapter.memory..", "io.stowage.adapter.redis..", "io.netty..")
        .check(PRODUCTION);
  }

  @Test
  void adaptersSeeNoMoreThanThePorts() {
    for (String adapter :
        List.of(
            "io.stowage.adapter.memory..",
            "io.stowage.adapter.redis.common..",
            "io.stowage.adapter.redis.lettuce..",
            "io.stowage.adapter.redis.jedis..")) {
      StowageRules.adapterUsesOnlyThePorts(adapter).check(PRODUCTION);
    }
  }

  @Test
  void whatRedisClientsShareSeesNoClient() {
    StowageRules.domainIsFreeOfRedisClients("io.stowage.adapter.redis.common..").check(PRODUCTION);
    StowageRules.domainIsFreeOf(
            "io.stowage.adapter.redis.common..",
            "io.stowage.adapter.redis.lettuce..",
            "io.stowage.adapter.redis.jedis..")
        .check(PRODUCTION);
  }

  @Test
  void theKitSeesNothingOfRedis() {
    ArchRule rule =
        classes()
            .that()
            .resideInAPackage("io.stowage.testkit..")
            .and()
            .resideOutsideOfPackage("io.stowage.testkit.redis..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages(
                "io.stowage.testkit.redis..",
                "io.stowage.embedded..",
                "io.stowage.core..",
                "io.stowage.serialization..",
                "io.stowage.adapter..");
    rule.check(PRODUCTION);
  }

  @Test
  void modulesAreFreeOfCycles() {
    slices().matching("io.stowage.(*)..").should().beFreeOfCycles().check(PRODUCTION);
  }

  @Test
  void everyPackageIsNullMarked() {
    StowageRules.packagesAreNullMarked("io.stowage..").check(PRODUCTION);
  }

  @Test
  void noClassIsAManager() {
    StowageRules.noClassIsNamed("io.stowage..", "Manager").check(PRODUCTION);
  }

  @Test
  void noTestOfTheContractVanishes() {
    StowageRules.overriddenTestsStayTests("io.stowage.testkit..").check(PRODUCTION);
    StowageRules.overriddenTestsStayTests("io.stowage.system..").check(TESTS);
  }
}
