package dev.evenkeel.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What no class of the agent does, or only one place does. */
class HouseRulesTest {
  private final JavaClasses shipped = Modules.classes(60, Modules.SHIPPED);

  @Test
  void threads_neverSleepAndNeverShareACommonPool() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(ForkJoinPool.class, "commonPool")
        .orShould()
        .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
        .orShould()
        .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
        .orShould()
        .callMethod(Collection.class, "parallelStream")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Timer.class)
        .check(shipped);
  }

  @Test
  void time_isReadInOnePlace() {
    noClasses()
        .that()
        .haveNameNotMatching(".*(Clock|Ticker)(\\$.*)?")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(shipped);
  }

  @Test
  void randomness_isPassedIn() {
    noClasses()
        .that()
        .resideInAPackage("dev.evenkeel.balancer..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(shipped);
  }

  @Test
  void loggers_areOurOwn() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.logging..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(System.Logger.class)
        .check(shipped);
  }

  @Test
  void standardStreams_belongToTheLoggerTheCommandLineAndPremain() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.evenkeel.runtime.log..", "dev.evenkeel.cli..", "dev.evenkeel.agent..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(shipped);
  }

  @Test
  void exits_areTheCommandLines() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.evenkeel.cli..", "dev.evenkeel.agent..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(shipped);
  }

  @Test
  void unsafe_isNeverUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("(sun\\.misc|jdk\\.internal\\.misc)\\.Unsafe")
        .check(shipped);
  }

  @Test
  void adviceClasses_areStatelessAndStatic() {
    JavaClasses adapters =
        Modules.classes(8, Modules.OKHTTP, Modules.HTTPCLIENT5, Modules.URL_CONNECTION);
    fields()
        .that()
        .areDeclaredInClassesThat()
        .haveSimpleNameEndingWith("Advice")
        .should()
        .beStatic()
        .andShould()
        .beFinal()
        .allowEmptyShould(true)
        .check(adapters);
    methods()
        .that()
        .areDeclaredInClassesThat()
        .haveSimpleNameEndingWith("Advice")
        .should()
        .beStatic()
        .check(adapters);
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Advice")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.evenkeel.balancer..")
        .check(adapters);
  }

  @Test
  void names_sayWhatAThingIs() {
    classes()
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Data|Info)")
        .andShould()
        .haveNameNotMatching(".*\\.Abstract[A-Z].*")
        .check(shipped);
  }
}
