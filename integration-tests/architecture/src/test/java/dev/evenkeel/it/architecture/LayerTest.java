package dev.evenkeel.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may use whom. */
class LayerTest {
  private static final List<String> ADAPTERS =
      List.of(
          "dev.evenkeel.okhttp..",
          "dev.evenkeel.httpclient5..",
          "dev.evenkeel.httpclient4..",
          "dev.evenkeel.httpasyncclient4..",
          "dev.evenkeel.jdkhttpclient..",
          "dev.evenkeel.urlconnection..");

  @Test
  void bootstrap_usesOnlyTheListedClassesOfTheJdk() {
    // One by one: a whole package would let its logging or management in.
    classes()
        .should()
        .onlyAccessClassesThat(
            HasName.Predicates.nameMatching(
                    "java\\.lang\\.(EvenkeelDispatcher|Object|String|Throwable|Void)"
                        + "|java\\.lang\\.invoke\\.(CallSite|ConstantCallSite|MethodHandle"
                        + "|MethodHandles|MethodHandles\\$Lookup|MethodType)")
                .<JavaClass>forSubtype())
        .check(Modules.classes(1, Modules.BOOTSTRAP));
  }

  @Test
  void balancer_isTheProductAndNothingElse() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            adaptersAnd(
                "net.bytebuddy..",
                "okhttp3..",
                "org.apache..",
                "java.net.http..",
                "javax.management..",
                "java.lang.management..",
                "java.util.logging..",
                "java.lang.instrument..",
                "org.snakeyaml..",
                "org.tomlj..",
                "dev.evenkeel.config..",
                "dev.evenkeel.runtime..",
                "dev.evenkeel.cli.."))
        .check(Modules.classes(20, Modules.BALANCER));
  }

  @Test
  void specs_areValues() {
    noClasses()
        .that()
        .resideInAPackage("dev.evenkeel.balancer.spec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "dev.evenkeel.balancer")
        .check(Modules.classes(20, Modules.BALANCER));
    classes()
        .that()
        .resideInAPackage("dev.evenkeel.balancer.spec..")
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .haveSimpleNameNotEndingWith("package-info")
        .should()
        .beRecords()
        .check(Modules.classes(20, Modules.BALANCER));
  }

  @Test
  void parsers_areHiddenInConfig() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.evenkeel.config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.snakeyaml..", "org.tomlj..")
        .check(Modules.classes(60, Modules.SHIPPED));
  }

  @Test
  void byteBuddy_isHiddenInInstrumentAndAdvice() {
    noClasses()
        .that()
        .resideOutsideOfPackages(adaptersAnd("dev.evenkeel.runtime.instrument.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bytebuddy..")
        .check(Modules.classes(60, Modules.SHIPPED));
  }

  @Test
  void spi_standsAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.balancer..",
            "dev.evenkeel.config..",
            "dev.evenkeel.runtime..",
            "net.bytebuddy..")
        .check(Modules.classes(8, Modules.SPI));
  }

  @Test
  void adapters_knowTheSpiAndTheirLibraryOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.balancer..",
            "dev.evenkeel.config..",
            "dev.evenkeel.runtime..",
            "dev.evenkeel.cli..",
            "dev.evenkeel.agent..")
        .check(
            Modules.classes(
                8,
                Modules.OKHTTP,
                Modules.HTTPCLIENT5,
                Modules.HTTPCLIENT4,
                Modules.HTTPASYNCCLIENT4,
                Modules.JDK_HTTPCLIENT,
                Modules.URL_CONNECTION));
    standsApart(Modules.OKHTTP, 4, "dev.evenkeel.okhttp..", "org.apache..");
    standsApart(
        Modules.HTTPCLIENT5,
        4,
        "dev.evenkeel.httpclient5..",
        "org.apache.http..",
        "okhttp3..",
        "okio..",
        "kotlin..");
    standsApart(
        Modules.HTTPCLIENT4,
        15,
        "dev.evenkeel.httpclient4..",
        "org.apache.http.nio..",
        "org.apache.http.impl.nio..",
        "org.apache.hc..",
        "okhttp3..",
        "okio..",
        "kotlin..");
    standsApart(
        Modules.HTTPASYNCCLIENT4,
        15,
        "dev.evenkeel.httpasyncclient4..",
        "org.apache.http.impl.execchain..",
        "org.apache.hc..",
        "okhttp3..",
        "okio..",
        "kotlin..");
    standsApart(Modules.JDK_HTTPCLIENT, 20, "dev.evenkeel.jdkhttpclient..");
    standsApart(Modules.URL_CONNECTION, 20, "dev.evenkeel.urlconnection..", "java.net.http..");
  }

  /**
   * Checks that one adapter uses neither another adapter nor any of some packages.
   *
   * @param own the adapter's packages
   */
  private static void standsApart(String module, int atLeast, String own, String... foreign) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Arrays.stream(adaptersAnd(foreign))
                .filter(each -> !each.equals(own))
                .toArray(String[]::new))
        .check(Modules.classes(atLeast, module));
  }

  @Test
  void runtime_knowsNoAdapter() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(adaptersAnd())
        .check(
            Modules.classes(
                40, Modules.RUNTIME, Modules.BALANCER, Modules.CONFIG, Modules.CLI, Modules.DIST));
  }

  @Test
  void packages_haveNoCycles() {
    slices()
        .matching("dev.evenkeel.(**)")
        .should()
        .beFreeOfCycles()
        .check(Modules.classes(60, Modules.SHIPPED));
  }

  /** The packages of all adapters, and more. */
  private static String[] adaptersAnd(String... more) {
    return Stream.concat(ADAPTERS.stream(), Stream.of(more)).toArray(String[]::new);
  }
}
