package io.github.llm4j.backend.cpu;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.testkit.BackendContract;
import io.github.llm4j.testkit.Reference;

/** The reference in short types against itself in F64. */
class ReferenceContractTest extends BackendContract {

  @Override
  protected Backend open() {
    return Reference.open();
  }
}
