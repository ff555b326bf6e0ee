package io.stowage.core;

import io.stowage.api.SweepReport;
import java.util.function.Supplier;

/**
 * How a store is swept.
 *
 * @param whole one run over all entries, which goes on where the one before stopped
 * @param oldest one run over the oldest entries of each term
 */
record StoreSweeps(Supplier<SweepReport> whole, Supplier<SweepReport> oldest) {}
