package io.stowage.system.kit.archunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.stowage.testkit.archunit.StowageRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule bites a planted violation, lets pass what it should, and refuses an empty package. */
@Tag("slow")
class StowageRulesTest {

  private static final String PLANTED = "io.stowage.system.kit.archunit.planted";
  private static final String NOTHING = "io.stowage.system.kit.archunit.nothing..";
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(PLANTED);

  @Test
  void anApplicationThatSeesThePortsIsCaught() {
    assertThat(violations(StowageRules.applicationUsesOnlyTheApi(PLANTED + ".app..")))
        .anyMatch(line -> line.contains("SeesPortsAndClient") && line.contains("StoredRecord"))
        .anyMatch(line -> line.contains("wiring.SeesPorts") && line.contains("AdapterProvider"))
        .noneMatch(line -> line.contains("type <io.stowage.api"));
  }

  @Test
  void aCompositionRootMaySeeThePorts() {
    assertThat(
            violations(
                StowageRules.applicationUsesOnlyTheApi(
                    PLANTED + ".app..", PLANTED + ".app.wiring..")))
        .isNotEmpty()
        .allMatch(line -> line.contains("SeesPortsAndClient"));
  }

  @Test
  void aDomainThatSeesALibraryIsCaught() {
    assertThat(violations(StowageRules.domainIsFreeOf(PLANTED + ".app.domain", "io.stowage.spi..")))
        .isNotEmpty()
        .allMatch(line -> line.contains("StoredRecord"));
    assertThat(violations(StowageRules.domainIsFreeOf(PLANTED + ".app.wiring", "io.lettuce..")))
        .isEmpty();
  }

  @Test
  void aDomainThatSeesARedisClientIsCaught() {
    assertThat(violations(StowageRules.domainIsFreeOfRedisClients(PLANTED + ".app.domain")))
        .isNotEmpty()
        .allMatch(line -> line.contains("io.lettuce"));
    assertThat(violations(StowageRules.domainIsFreeOfRedisClients(PLANTED + ".app.wiring")))
        .isEmpty();
  }

  @Test
  void adaptersThatSeeEachOtherAreCaught() {
    assertThat(
            violations(
                StowageRules.adaptersDoNotSeeEachOther(
                    PLANTED + ".adapter.one..", PLANTED + ".adapter.two..")))
        .isNotEmpty()
        .allMatch(line -> line.contains("SeesTheOther") && line.contains("SeesPortsOnly"));
    assertThat(
            violations(
                StowageRules.adaptersDoNotSeeEachOther(
                    PLANTED + ".app.wiring..", PLANTED + ".adapter.two..")))
        .isEmpty();
  }

  @Test
  void anAdapterThatSeesMoreThanThePortsIsCaught() {
    assertThat(violations(StowageRules.adapterUsesOnlyThePorts(PLANTED + ".adapter.one..")))
        .anyMatch(line -> line.contains("io.stowage.adapter.memory.MemoryAdapter"))
        .anyMatch(line -> line.contains(PLANTED + ".adapter.two.SeesPortsOnly"))
        .allMatch(line -> line.contains("MemoryAdapter") || line.contains("SeesPortsOnly"));
    assertThat(violations(StowageRules.adapterUsesOnlyThePorts(PLANTED + ".adapter.two..")))
        .isEmpty();
  }

  @Test
  void anUnmarkedPackageIsCaught() {
    assertThat(violations(StowageRules.packagesAreNullMarked(PLANTED + "..")))
        .singleElement()
        .asString()
        .contains("Unmarked");
  }

  @Test
  void aNameThatSaysNothingIsCaught() {
    assertThat(violations(StowageRules.noClassIsNamed(PLANTED + "..", "Manager")))
        .singleElement()
        .asString()
        .contains("PlantedManager");
  }

  @Test
  void aTestThatVanishesIsCaught() {
    assertThat(violations(StowageRules.overriddenTestsStayTests(PLANTED + ".tests..")))
        .singleElement()
        .asString()
        .contains("Overrides.vanishes");
  }

  @ParameterizedTest
  @MethodSource
  void anEmptyPackageFails(ArchRule rule) {
    assertThatThrownBy(() -> rule.check(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("failed to check any classes");
  }

  static Stream<ArchRule> anEmptyPackageFails() {
    return Stream.of(
        StowageRules.applicationUsesOnlyTheApi(NOTHING),
        StowageRules.applicationUsesOnlyTheApi(PLANTED + ".app..", PLANTED + ".app.."),
        StowageRules.domainIsFreeOf(NOTHING, "redis.clients.."),
        StowageRules.domainIsFreeOfRedisClients(NOTHING),
        StowageRules.adaptersDoNotSeeEachOther(PLANTED + ".adapter.two..", NOTHING),
        StowageRules.adapterUsesOnlyThePorts(NOTHING),
        StowageRules.packagesAreNullMarked(NOTHING),
        StowageRules.noClassIsNamed(NOTHING, "Manager"),
        StowageRules.overriddenTestsStayTests(NOTHING));
  }

  @Test
  void rulesThatCouldForbidNothingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StowageRules.domainIsFreeOf("com.acme.."))
        .withMessageContaining("libraries");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StowageRules.adaptersDoNotSeeEachOther("com.acme.one.."))
        .withMessageContaining("adapters");
  }

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(CLASSES).getFailureReport().getDetails();
  }
}
