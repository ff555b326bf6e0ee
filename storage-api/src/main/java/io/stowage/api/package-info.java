/**
 * The driving port: what an application sees of Stowage. A {@link io.stowage.api.StoragePlatform}
 * hands out {@link io.stowage.api.Storage stores}; an {@link io.stowage.api.ItemType} says what the
 * items of a store are and how they are found; {@link io.stowage.api.Query} and {@link
 * io.stowage.api.Filter} say which of them are meant.
 */
@NullMarked
package io.stowage.api;

import org.jspecify.annotations.NullMarked;
