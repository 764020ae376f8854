package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.Requires;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Leaves a {@link PassedContract} when every test that the client's capabilities ask for ran and
 * passed: nothing is left after a failure, after a skip of any other kind, or when only some of the
 * tests were asked for. Thread-safe.
 */
final class PassedContractExtension implements BeforeAllCallback, AfterAllCallback, TestWatcher {
  private static final Namespace NAMESPACE = Namespace.create(PassedContractExtension.class);

  /** What is known of the class under way; a test with several invocations may be in both. */
  private record Outcomes(Set<Method> passed, Set<Method> missed) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    Set<Method> passed = ConcurrentHashMap.newKeySet();
    Set<Method> missed = ConcurrentHashMap.newKeySet();
    context.getStore(NAMESPACE).put(Outcomes.class, new Outcomes(passed, missed));
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    outcomesOfClass(context).passed.add(context.getRequiredTestMethod());
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    outcomesOfClass(context).missed.add(context.getRequiredTestMethod());
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    outcomesOfClass(context).missed.add(context.getRequiredTestMethod());
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    outcomesOfClass(context).missed.add(context.getRequiredTestMethod());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    ClientDriver driver = Drivers.opened(context.getRequiredTestClass());
    if (driver == null || context.getExecutionException().isPresent()) {
      return;
    }
    Set<Method> passed = new HashSet<>(outcomes(context).passed);
    passed.removeAll(outcomes(context).missed);
    if (passed.equals(wanted(context.getRequiredTestClass(), driver))) {
      new PassedContract(
              driver.library(),
              driver.name(),
              Runtime.version().feature(),
              setting("build.started", context))
          .write(Path.of(setting("passed.contracts", context)));
    }
  }

  /** A parameter of the test run or, where the build has set it, a system property. */
  private static String setting(String key, ExtensionContext context) {
    return context
        .getConfigurationParameter(key)
        .orElseThrow(() -> new AssertionError("no " + key));
  }

  private static Set<Method> wanted(Class<?> contract, ClientDriver driver) {
    return AnnotationSupport.findAnnotatedMethods(
            contract, Testable.class, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .filter(test -> isWithin(test.getAnnotation(Requires.class), driver))
        .collect(Collectors.toSet());
  }

  private static boolean isWithin(@Nullable Requires requires, ClientDriver driver) {
    return requires == null || driver.capabilities().containsAll(Arrays.asList(requires.value()));
  }

  private static Outcomes outcomesOfClass(ExtensionContext test) {
    // Through the parent: the test's own store is closed by now.
    return outcomes(test.getParent().orElseThrow());
  }

  private static Outcomes outcomes(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Outcomes.class, Outcomes.class);
  }
}
