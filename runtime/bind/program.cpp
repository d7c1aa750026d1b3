#include "runtime/bind/program.h"

#include <algorithm>

#include "stdlib/core/check.h"
#include "stdlib/functions/function.h"
#include "stdlib/functions/typing.h"

// A node's value is computed into one register, its arguments into that register and the ones above it, so a
// call finds its arguments side by side and leaves the result where the first one was. Forms that look at
// only some of their arguments are jumps.

namespace cdc::bind::code {

enum class Op : uint8_t {
  kCurrent,  // to = column `from` of the current image
  kBefore,
  kAfter,
  kMeta,
  kMatch,
  kConstant,
  kCopy,         // to = register `from`
  kCall,         // to … = arguments, to = result of call number `from`
  kJump,         // to instruction `from`
  kJumpIfTrue,   // to = true, jump
  kJumpIfFalse,  // to = false, jump
  kJumpUnlessTrue,
  kJumpIfKnown,  // not NULL
};

struct Instruction {
  Op op = Op::kJump;
  uint32_t to = 0;
  uint32_t from = 0;
  uint32_t count = 0;  // kCall: arguments
};

}  // namespace cdc::bind::code

namespace cdc::bind {
namespace {

using code::Instruction;
using code::Op;
using expr::ExprKind;
using expr::Image;
using expr::Typed;
using functions::Form;

}  // namespace

struct Program::Code {
  std::vector<Instruction> instructions;
  std::vector<Value> constants;
  std::vector<std::shared_ptr<const functions::Call>> calls;
  std::vector<std::shared_ptr<const std::string>> storage;  // bytes of the constants
  std::vector<int> columns;
  Type type;
  uint32_t registers = 1;
  bool reads_before = false;
};

namespace {

class Compiler {
 public:
  explicit Compiler(std::vector<Instruction>* instructions) : code_(*instructions) {}

  void Node(const Typed& typed, uint32_t to) {
    std::vector<const Typed*> spine;
    const Typed* at = &typed;
    for (; !at->args.empty(); at = &at->args[0]) spine.push_back(at);
    Leaf(*at, to);
    for (auto up = spine.rbegin(); up != spine.rend(); ++up) Rest(**up, to);
  }

  std::vector<Value> constants;
  std::vector<std::shared_ptr<const functions::Call>> calls;
  std::vector<std::shared_ptr<const std::string>> storage;
  std::vector<int> columns;
  uint32_t registers = 1;
  bool reads_before = false;

 private:
  uint32_t Here() const { return static_cast<uint32_t>(code_.size()); }
  size_t Emit(Op op, uint32_t to, uint32_t from = 0, uint32_t count = 0) {
    registers = std::max(registers, to + std::max(count, 1u));
    code_.push_back({op, to, from, count});
    return code_.size() - 1;
  }
  void Land(const std::vector<size_t>& jumps) {
    for (size_t jump : jumps) code_[jump].from = Here();
  }

  void Constant(const Value& value, uint32_t to) {
    constants.push_back(value);
    Emit(Op::kConstant, to, static_cast<uint32_t>(constants.size() - 1));
  }

  void Leaf(const Typed& typed, uint32_t to) {
    uint32_t index = static_cast<uint32_t>(typed.index);
    switch (typed.kind) {
      case ExprKind::kLiteral:
        if (typed.storage != nullptr) storage.push_back(typed.storage);
        return Constant(typed.constant, to);
      case ExprKind::kMeta:
        Emit(Op::kMeta, to, index);
        return;
      case ExprKind::kMatch:
        Emit(Op::kMatch, to, index);
        return;
      case ExprKind::kSecret:
        CHECK(typed.storage != nullptr);
        storage.push_back(typed.storage);
        return Constant(Value::Text(*typed.storage), to);
      default:
        break;
    }
    CHECK(typed.kind == ExprKind::kColumn && typed.index >= 0);
    columns.push_back(typed.index);
    reads_before = reads_before || typed.image == Image::kOld;
    Op op = typed.image == Image::kOld ? Op::kBefore : typed.image == Image::kNew ? Op::kAfter : Op::kCurrent;
    Emit(op, to, index);
  }

  // Everything of a node but its first argument, which is in `to` already.
  void Rest(const Typed& typed, uint32_t to) {
    if (typed.kind == ExprKind::kCase) return typed.has_operand ? OperandCase(typed, to) : Case(typed, to);
    switch (typed.function == nullptr ? Form::kCall : typed.function->form) {
      case Form::kAnd:
        return Logic(typed, Op::kJumpIfFalse, to);
      case Form::kOr:
        return Logic(typed, Op::kJumpIfTrue, to);
      case Form::kCoalesce:
        return Coalesce(typed, to);
      case Form::kIf:
        return Case(typed, to);
      default:
        return Call(typed, to);
    }
  }

  void EmitCall(std::shared_ptr<const functions::Call> call, uint32_t to, size_t count) {
    calls.push_back(std::move(call));
    Emit(Op::kCall, to, static_cast<uint32_t>(calls.size() - 1), static_cast<uint32_t>(count));
  }

  void Call(const Typed& typed, uint32_t to) {
    CHECK(typed.call != nullptr);
    size_t count = std::min(typed.args.size(), typed.call->reads);
    for (size_t i = 1; i < count; ++i) Node(typed.args[i], to + static_cast<uint32_t>(i));
    EmitCall(typed.call, to, count);
  }

  void Logic(const Typed& typed, Op jump_when_decided, uint32_t to) {
    size_t decided = Emit(jump_when_decided, to);
    Node(typed.args[1], to + 1);
    EmitCall(typed.call, to, 2);
    Land({decided});
  }

  void Coalesce(const Typed& typed, uint32_t to) {
    std::vector<size_t> known;
    for (size_t i = 1; i < typed.args.size(); ++i) {
      known.push_back(Emit(Op::kJumpIfKnown, to));
      Node(typed.args[i], to);
    }
    Land(known);
  }

  // (when, then)*, else?; `if` is one of them.
  void Case(const Typed& typed, uint32_t to) {
    std::vector<size_t> done;
    size_t at = 0;
    for (; at + 1 < typed.args.size(); at += 2) {
      if (at > 0) Node(typed.args[at], to);
      size_t next = Emit(Op::kJumpUnlessTrue, to);
      Node(typed.args[at + 1], to);
      done.push_back(Emit(Op::kJump, to));
      Land({next});
    }
    Otherwise(typed, at, to);
    Land(done);
  }

  void OperandCase(const Typed& typed, uint32_t to) {
    std::vector<size_t> done;
    size_t at = 1;
    for (; at + 1 < typed.args.size(); at += 2) {
      Emit(Op::kCopy, to + 1, to);
      Node(typed.args[at], to + 2);
      EmitCall(typed.when_equals[at / 2], to + 1, 2);
      size_t next = Emit(Op::kJumpUnlessTrue, to + 1);
      Node(typed.args[at + 1], to);
      done.push_back(Emit(Op::kJump, to));
      Land({next});
    }
    Otherwise(typed, at, to);
    Land(done);
  }

  void Otherwise(const Typed& typed, size_t at, uint32_t to) {
    if (at < typed.args.size()) {
      Node(typed.args[at], to);
    } else {
      Constant(Value::Null(), to);
    }
  }

  std::vector<Instruction>& code_;
};

bool AnyNull(const Value* values, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    if (values[i].is_null()) return true;
  }
  return false;
}

Value Of(const Value* values, uint32_t index) { return values == nullptr ? Value::Null() : values[index]; }

}  // namespace

Program::Program(std::unique_ptr<Code> code) : code_(std::move(code)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

Program Program::Compile(const Typed& typed) {
  auto code = std::make_unique<Code>();
  Compiler compiler(&code->instructions);
  compiler.Node(typed, 0);
  code->constants = std::move(compiler.constants);
  code->calls = std::move(compiler.calls);
  code->storage = std::move(compiler.storage);
  code->columns = std::move(compiler.columns);
  std::sort(code->columns.begin(), code->columns.end());
  code->columns.erase(std::unique(code->columns.begin(), code->columns.end()), code->columns.end());
  code->registers = compiler.registers;
  code->reads_before = compiler.reads_before;
  code->type = typed.type;
  return Program(std::move(code));
}

Result<Value> Program::Evaluate(const RowView& row, Arena* scratch) const {
  const Code& code = *code_;
  Value* registers = scratch->AllocateArray<Value>(code.registers);
  const Value* current = row.current();
  const Instruction* begin = code.instructions.data();
  const Instruction* end = begin + code.instructions.size();
  for (const Instruction* at = begin; at != end;) {
    const Instruction& step = *at++;
    Value& to = registers[step.to];
    switch (step.op) {
      case Op::kCurrent:
        to = Of(current, step.from);
        break;
      case Op::kBefore:
        to = Of(row.before, step.from);
        break;
      case Op::kAfter:
        to = Of(row.after, step.from);
        break;
      case Op::kMeta:
        to = Of(row.meta, step.from);
        break;
      case Op::kMatch:
        to = Of(row.match, step.from);
        break;
      case Op::kConstant:
        to = code.constants[step.from];
        break;
      case Op::kCopy:
        to = registers[step.from];
        break;
      case Op::kJump:
        at = begin + step.from;
        break;
      case Op::kJumpIfKnown:
        if (!to.is_null()) at = begin + step.from;
        break;
      case Op::kJumpIfTrue:
      case Op::kJumpIfFalse: {
        bool wanted = step.op == Op::kJumpIfTrue;
        if (to.is_null() || functions::IsTrueValue(to) != wanted) break;
        to = Value::Bool(wanted);
        at = begin + step.from;
        break;
      }
      case Op::kJumpUnlessTrue:
        if (to.is_null() || !functions::IsTrueValue(to)) at = begin + step.from;
        break;
      case Op::kCall: {
        const functions::Call& call = *code.calls[step.from];
        if (call.strict && AnyNull(&to, step.count)) {
          to = Value::Null();
          break;
        }
        functions::Failure failure = call.code(call.site, &to, step.count, &to, scratch);
        if (failure == nullptr) break;
        if (!call.null_on_failure) return Error(ErrorCode::kRow, failure);
        to = Value::Null();
        break;
      }
    }
  }
  return registers[0];
}

Result<bool> Program::Test(const RowView& row, Arena* scratch) const {
  Result<Value> value = Evaluate(row, scratch);
  if (!value.ok()) return std::move(value).error();
  return !value->is_null() && functions::IsTrueValue(*value);
}

const Type& Program::type() const { return code_->type; }
const std::vector<int>& Program::columns() const { return code_->columns; }
bool Program::reads_before() const { return code_->reads_before; }

}  // namespace cdc::bind
