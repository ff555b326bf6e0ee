package io.stowage.system.protocol;

import java.util.List;

/** Somebody who works on the item step by step. */
interface Actor {

  /** A step that the actor may take now. */
  record Step(String name, Runnable action) {}

  /** The steps of which one may be taken now; none if the actor is done. */
  List<Step> steps();
}
