/** What becomes of values of the JDK in each codec, and the table of it in the documentation. */
package io.stowage.serialization.values;
