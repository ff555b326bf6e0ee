package io.stowage.adapter.redis.common.topology;

/** A slot that is being moved from one node to another, both given by their ids. */
record SlotMove(int slot, String from, String to) {}
