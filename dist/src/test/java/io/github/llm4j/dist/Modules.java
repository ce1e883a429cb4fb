package io.github.llm4j.dist;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;

/** The classes of all modules, imported once, and which module may know which. */
final class Modules {
  static final String ROOT = "io.github.llm4j.";

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.llm4j");

  /** Module package to the module packages that its classes may depend on. */
  static final Map<String, List<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("api", List.of()),
          Map.entry("formats", List.of()),
          Map.entry("tokenizers", List.of("api", "formats")),
          Map.entry("layers", List.of("api")),
          Map.entry("backend.cpu", List.of("api")),
          Map.entry("backend.cuda", List.of("api")),
          Map.entry("runtime", List.of("api", "formats")),
          Map.entry("testkit", List.of("api", "runtime")),
          Map.entry("trainers", List.of("api", "runtime")),
          Map.entry("tasks", List.of("api", "runtime", "trainers")),
          // 'llm tokenizer' opens files of tokenizers by the facade of their module
          Map.entry(
              "cli", List.of("api", "formats", "tokenizers", "runtime", "trainers", "tasks")));

  private Modules() {}

  /** The ArchUnit pattern of a module's packages. */
  static String packages(String module) {
    return ROOT + module + "..";
  }
}
