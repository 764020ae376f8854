package dev.evenkeel.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The version of the library that a {@link ClientContractTest} runs with, in a class loader of its
 * own that sees neither the class path nor the agent. Without it, the contract runs with the
 * version on the class path.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LibraryVersion {
  /** Names the folder of the jars below that of the system property {@code libraries}. */
  String value();
}
