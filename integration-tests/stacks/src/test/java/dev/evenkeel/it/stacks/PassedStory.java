package dev.evenkeel.it.stacks;

import dev.evenkeel.testkit.contract.PassedContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Leaves a proof, for the README's table, of each {@link StackStory} of which every test ran and
 * passed. Thread-safe.
 */
final class PassedStory implements BeforeAllCallback, AfterAllCallback, TestWatcher {
  private static final Namespace NAMESPACE = Namespace.create(PassedStory.class);

  /** The tests that passed so far. */
  private record Passed(Set<Method> tests) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Passed.class, new Passed(ConcurrentHashMap.newKeySet()));
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    passed(context).add(context.getRequiredTestMethod());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    List<Method> wanted =
        AnnotationSupport.findAnnotatedMethods(
            context.getRequiredTestClass(), Test.class, HierarchyTraversalMode.BOTTOM_UP);
    if (passed(context).equals(Set.copyOf(wanted)) && context.getExecutionException().isEmpty()) {
      ClientStack stack = ((StackStory) context.getRequiredTestInstance()).stack();
      new PassedContract(
              stack.library(),
              stack.client(),
              Runtime.version().feature(),
              setting("build.started"))
          .write(Path.of(setting("passed.stories")));
    }
  }

  private static Set<Method> passed(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Passed.class, Passed.class).tests;
  }

  private static String setting(String property) {
    return Objects.requireNonNull(System.getProperty(property), property);
  }
}
