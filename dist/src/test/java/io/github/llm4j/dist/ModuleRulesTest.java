package io.github.llm4j.dist;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom, held over the compiled classes of all modules. */
class ModuleRulesTest {
  /** An import that found nothing would pass every rule; raise this as the project grows. */
  private static final int AT_LEAST_CLASSES = 200;

  /** The only classes that may call what can crash the JVM: native functions and raw addresses. */
  private static final Set<String> NATIVE_CLASSES =
      Set.of(
          "io.github.llm4j.backend.cpu.onednn.OneDnn",
          "io.github.llm4j.backend.cuda.CudaDriver",
          "io.github.llm4j.runtime.plan.CountedBackend"); // memory that only has a length

  private static final Set<String> RESTRICTED =
      Set.of(
          "java.lang.System.load",
          "java.lang.System.loadLibrary",
          "java.lang.Runtime.load",
          "java.lang.Runtime.loadLibrary",
          "java.lang.foreign.SymbolLookup.libraryLookup",
          "java.lang.foreign.Linker.nativeLinker",
          "java.lang.foreign.Linker.downcallHandle",
          "java.lang.foreign.Linker.upcallStub",
          "java.lang.foreign.MemorySegment.reinterpret",
          "java.lang.foreign.AddressLayout.withTargetLayout");

  /** The only classes that may make threads: everything else is handed the process's workers. */
  private static final Set<String> THREAD_CLASSES =
      Set.of("io.github.llm4j.runtime.worker.WorkerPool");

  private static final Set<String> THREADS =
      Set.of(
          "java.lang.Thread.<init>",
          "java.lang.Thread.ofPlatform",
          "java.lang.Thread.ofVirtual",
          "java.lang.Thread.startVirtualThread");

  private static final Set<String> NETWORK =
      Set.of(
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.net.DatagramSocket",
          "java.net.URLConnection",
          "java.net.HttpURLConnection",
          "java.nio.channels.SocketChannel",
          "java.nio.channels.ServerSocketChannel",
          "java.nio.channels.DatagramChannel",
          "java.nio.channels.AsynchronousSocketChannel");

  static Stream<String> modules() {
    return Modules.MAY_KNOW.keySet().stream().sorted();
  }

  @Test
  void importFoundTheClasses() {
    int found = Modules.CLASSES.size();
    assertTrue(
        found >= AT_LEAST_CLASSES,
        () -> "the import found " + found + " classes, expected at least " + AT_LEAST_CLASSES);
    Set<String> seen = new TreeSet<>();
    for (JavaClass c : Modules.CLASSES) {
      Modules.MAY_KNOW.keySet().stream()
          .filter(m -> resideInAPackage(Modules.packages(m)).test(c))
          .forEach(seen::add);
    }
    assertEquals(new TreeSet<>(Modules.MAY_KNOW.keySet()), seen, "modules with classes");
  }

  @Test
  void everyClassBelongsToAModule() {
    classes().should().resideInAnyPackage(packages(modules())).check(Modules.CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void knowsOnlyWhatItMay(String module) {
    List<String> allowed = Modules.MAY_KNOW.getOrDefault(module, List.of());
    String[] forbidden = packages(modules().filter(m -> !m.equals(module) && !allowed.contains(m)));
    check(
        noClasses()
            .that()
            .resideInAPackage(Modules.packages(module))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden));
  }

  @Test
  void pluginAuthorsNeedTheJdkAlone() {
    check(
        classes()
            .that()
            .resideInAPackage(Modules.packages("api"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify.annotations", Modules.packages("api")));
  }

  @Test
  void layersAndBackendsNeedTheJdkAndTheApiAlone() {
    for (String module : List.of("layers", "backend.cpu", "backend.cuda")) {
      check(
          classes()
              .that()
              .resideInAPackage(Modules.packages(module))
              .should()
              .onlyDependOnClassesThat()
              .resideInAnyPackage(
                  "java..",
                  "jdk.incubator.vector..",
                  "org.jspecify.annotations",
                  Modules.packages("api"),
                  Modules.packages(module)));
    }
  }

  @Test
  void guiceStaysInTheCompositionRoot() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(Modules.packages("runtime.composition"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google..", "jakarta.inject..", "javax.inject.."));
  }

  @Test
  void configAndVavrStayInTheRuntime() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(Modules.packages("runtime"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.typesafe.config..", "io.vavr.."));
  }

  @Test
  void picocliAndTerminalStayInTheCli() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(Modules.packages("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "org.jline..", "ch.qos.logback..", "org.slf4j.."));
  }

  @Test
  void nothingTalksToTheNetwork() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat(
                describe(
                    "open connections",
                    c ->
                        c.getPackageName().startsWith("java.net.http")
                            || NETWORK.contains(c.getName()))));
    check(
        noClasses()
            .should()
            .callMethodWhere(
                describe(
                    "a URL is opened",
                    call ->
                        Set.of("java.net.URL.openStream", "java.net.URL.openConnection")
                            .contains(qualified(call)))));
  }

  @Test
  void onlyTheCliPrints() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(Modules.packages("cli"))
            .should()
            .accessFieldWhere(
                describe(
                    "System.out or System.err",
                    access ->
                        Set.of("java.lang.System.out", "java.lang.System.err")
                            .contains(qualified(access)))));
    check(
        noClasses()
            .should()
            .callMethodWhere(
                describe(
                    "a stack trace is printed",
                    call ->
                        call.getTarget().getName().equals("printStackTrace")
                            && call.getTarget().getRawParameterTypes().isEmpty())));
  }

  @Test
  void nativeCallsStayInListedClasses() {
    check(
        noClasses()
            .that(describe("are not listed", c -> !NATIVE_CLASSES.contains(outermost(c))))
            .should()
            .callMethodWhere(
                describe("a restricted method is called", c -> RESTRICTED.contains(qualified(c)))));
  }

  @Test
  void threadsAreMadeInListedClasses() {
    check(
        noClasses()
            .that(describe("are not listed", c -> !THREAD_CLASSES.contains(outermost(c))))
            .should()
            .callCodeUnitWhere(
                describe("a thread or a pool is made", c -> THREADS.contains(qualified(c)))));
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java.util.concurrent.(Executors|ForkJoinPool|CompletableFuture)"));
  }

  @Test
  void packagesOfTheApiHaveNoCycles() {
    slices().matching(Modules.ROOT + "api.(*)..").should().beFreeOfCycles().check(Modules.CLASSES);
  }

  @Test
  void listedClassesExist() {
    Set<String> all = Modules.CLASSES.stream().map(JavaClass::getName).collect(Collectors.toSet());
    assertEquals(
        Set.of(),
        Stream.concat(NATIVE_CLASSES.stream(), THREAD_CLASSES.stream())
            .filter(c -> !all.contains(c))
            .collect(Collectors.toSet()),
        "listed, but gone");
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    Set<String> described =
        Modules.CLASSES.stream()
            .filter(c -> c.getSimpleName().equals("package-info"))
            .filter(c -> c.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    Set<String> bare =
        Modules.CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(p -> !described.contains(p))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), bare, "packages without a @NullMarked package-info.java");
  }

  /** A rule about a module that has no such class yet holds; the count above guards the import. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(Modules.CLASSES);
  }

  private static String[] packages(Stream<String> modules) {
    return modules.map(Modules::packages).toArray(String[]::new);
  }

  private static String qualified(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }

  private static String outermost(JavaClass c) {
    return Arrays.asList(c.getName().split("\\$", -1)).getFirst();
  }
}
