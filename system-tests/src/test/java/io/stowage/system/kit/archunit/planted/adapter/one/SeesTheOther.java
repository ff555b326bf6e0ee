package io.stowage.system.kit.archunit.planted.adapter.one;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.system.kit.archunit.planted.adapter.two.SeesPortsOnly;

/** Planted: an adapter that uses another one and what is inside of a third. */
record SeesTheOther(SeesPortsOnly other, MemoryAdapter inside) {}
