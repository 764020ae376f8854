package dev.evenkeel.scenarios.app;

import java.io.IOException;
import java.util.function.UnaryOperator;

/** An application in a container: gives what a call to a URL comes to. Confined to one thread. */
public interface Webapp extends UnaryOperator<String>, AutoCloseable {
  /** Undeploys it. */
  @Override
  void close() throws IOException, ReflectiveOperationException;
}
