package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.Requires;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Sets the {@link Stage} of each test, skips what a client declares it cannot do, and holds each
 * test to leaving nothing behind.
 *
 * <p>After each test no attempt is in flight, no call has failed open, and the agent has no thread
 * but its control thread, probes and mirrors. After the whole contract every declared capability
 * was exercised. Thread-safe.
 */
public final class ContractExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ExecutionCondition,
        ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ContractExtension.class);
  private static final Pattern OWN_THREAD =
      Pattern.compile("evenkeel-(control|(probe|mirror)-\\d+)");
  private static final String FAIL_OPEN_COUNT = "FailOpenCount";

  /** What is known of the class under way: its declared and its exercised capabilities. */
  private record Progress(Set<Capability> declared, Set<Capability> exercised) {}

  /** What was before a test. */
  private record Before(Stage stage, Balance balance, long failOpenCount) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    Set<Capability> declared = Collections.synchronizedSet(EnumSet.noneOf(Capability.class));
    Set<Capability> exercised = Collections.synchronizedSet(EnumSet.noneOf(Capability.class));
    context.getStore(NAMESPACE).put(Progress.class, new Progress(declared, exercised));
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestInstance().isEmpty()) {
      return ConditionEvaluationResult.enabled("a class, not a test");
    }
    Set<Capability> missing = EnumSet.noneOf(Capability.class);
    missing.addAll(required(context));
    missing.removeAll(driver(context).capabilities());
    return missing.isEmpty()
        ? ConditionEvaluationResult.enabled("the client can do it")
        : ConditionEvaluationResult.disabled("the client declares no " + missing);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Progress progress = progress(context);
    progress.declared.addAll(driver(context).capabilities());
    progress.exercised.addAll(required(context));
    Balance balance = new Balance();
    Before before =
        new Before(
            new Stage(driver(context), balance), balance, balance.agent().getLong(FAIL_OPEN_COUNT));
    context.getStore(NAMESPACE).put(Before.class, before);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Before before = before(context);
    try {
      assertNothingLeft(before);
    } finally {
      before.balance.clear();
      before.stage.close();
    }
  }

  private static void assertNothingLeft(Before before) {
    Await.until(
        "nothing is in flight after the test",
        () -> before.balance.servers().stream().allMatch(server -> server.inFlight() == 0));
    long failOpenCount = before.balance.agent().getLong(FAIL_OPEN_COUNT);
    if (failOpenCount != before.failOpenCount) {
      throw new AssertionError((failOpenCount - before.failOpenCount) + " calls failed open");
    }
    List<String> strangers =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("evenkeel-") && !OWN_THREAD.matcher(name).matches())
            .toList();
    if (!strangers.isEmpty()) {
      throw new AssertionError("unknown threads of the agent: " + strangers);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (!ClientContractTest.class.isAssignableFrom(context.getRequiredTestClass())) {
      return;
    }
    Set<Capability> unshown = EnumSet.noneOf(Capability.class);
    unshown.addAll(progress(context).declared);
    unshown.removeAll(progress(context).exercised);
    if (!unshown.isEmpty()) {
      throw new AssertionError("declared and never exercised: " + unshown);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stage.class;
  }

  @Override
  public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return before(context).stage;
  }

  private static Set<Capability> required(ExtensionContext context) {
    Method test = context.getRequiredTestMethod();
    Requires requires = test.getAnnotation(Requires.class);
    return requires == null ? Set.of() : Set.of(requires.value());
  }

  private static ClientDriver driver(ExtensionContext context) {
    return ((Contract) context.getRequiredTestInstance()).driver();
  }

  private static Progress progress(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Progress.class, Progress.class);
  }

  private static Before before(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Before.class, Before.class);
  }
}
