package io.stowage.cli.upkeep;

import io.stowage.api.DoctorReport;
import io.stowage.api.Maintenance;
import io.stowage.api.Progress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a check of a store found and, if it was repaired, what a second check found after that.
 *
 * @param store the store's name
 * @param found what the check or the repair found
 * @param left what was left after the repair; empty if nothing was repaired
 */
record Diagnosis(String store, DoctorReport found, Optional<DoctorReport> left) {

  /** Checks a store. */
  static Diagnosis ofCheck(String store, Maintenance maintenance, Consumer<Progress> progress) {
    return new Diagnosis(store, maintenance.check(progress), Optional.empty());
  }

  /** Repairs a store and, if anything was found, checks it again. */
  static Diagnosis ofRepair(String store, Maintenance maintenance, Consumer<Progress> progress) {
    DoctorReport found = maintenance.repair(progress);
    return new Diagnosis(
        store,
        found,
        found.isClean() ? Optional.empty() : Optional.of(maintenance.check(progress)));
  }

  /** Whether no answer of the store is wrong now because of what was found. */
  boolean isHealthy() {
    return left.orElse(found).isHealthy();
  }
}
