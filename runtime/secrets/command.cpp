#include "runtime/secrets/command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

extern char** environ;

namespace cdc::secrets {
namespace {

using SteadyClock = std::chrono::steady_clock;

// What posix_spawn is told, freed with it.
class SpawnPlan {
 public:
  SpawnPlan(int output, const std::string& directory) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (!directory.empty()) posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
    sigset_t none, pipe;
    sigemptyset(&none);
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &pipe);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  int Spawn(const std::vector<std::string>& words, pid_t* pid) const {
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    return posix_spawnp(pid, argv[0], &actions_, &attributes_, argv.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

Error Failed(const std::string& program, const std::string& why) {
  return Error(ErrorCode::kConfig, "the program `" + program + "`, which a secret is read from, " + why);
}

// A program that runs; killed with its group unless it was seen to end.
class Child {
 public:
  Child(pid_t pid, int output, std::chrono::milliseconds limit)
      : pid_(pid), output_(output), limit_(limit), deadline_(SteadyClock::now() + limit) {}
  ~Child() {
    ::close(output_);
    if (ended_) return;
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // False: it is too slow or writes too much; `*why` says which.
  bool ReadAll(std::string* text, std::string* why) {
    char buffer[4096];
    while (true) {
      pollfd wait{output_, POLLIN, 0};
      const int ready = ::poll(&wait, 1, LeftMs());
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return Late(why);
      const ssize_t size = ::read(output_, buffer, sizeof buffer);
      if (size < 0 && errno == EINTR) continue;
      if (size <= 0) return true;
      text->append(buffer, static_cast<size_t>(size));
      if (text->size() <= kSecretBytesMax) continue;
      *why = "writes more than 64 KiB";
      return false;
    }
  }

  // False as above.
  bool Wait(int* status, std::string* why) {
    while (true) {
      const pid_t done = ::waitpid(pid_, status, WNOHANG);
      if (done < 0 && errno == EINTR) continue;
      ended_ = done != 0;
      if (ended_) return true;
      if (LeftMs() == 0) return Late(why);
      ::poll(nullptr, 0, 5);
    }
  }

 private:
  int LeftMs() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - SteadyClock::now()).count();
    return left < 0 ? 0 : static_cast<int>(left);
  }
  bool Late(std::string* why) const {
    *why = "had not ended after " + std::to_string(limit_.count()) + " ms and was killed";
    return false;
  }

  const pid_t pid_;
  const int output_;
  const std::chrono::milliseconds limit_;
  const SteadyClock::time_point deadline_;
  bool ended_ = false;
};

}  // namespace

Result<std::string> RunCommand(const std::vector<std::string>& words, const std::string& directory,
                               std::chrono::milliseconds limit) {
  const std::string& program = words.at(0);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return Failed(program, std::string("cannot be started: ") + ::strerror(errno));
  pid_t pid = 0;
  const int refused = SpawnPlan(ends[1], directory).Spawn(words, &pid);
  ::close(ends[1]);
  if (refused != 0) {
    ::close(ends[0]);
    return Failed(program, std::string("cannot be started: ") + ::strerror(refused));
  }
  Child child(pid, ends[0], limit);
  std::string text, why;
  int status = 0;
  if (!child.ReadAll(&text, &why) || !child.Wait(&status, &why)) return Failed(program, why);
  const std::string by_hand = "; run it by hand to see why";
  if (WIFSIGNALED(status)) {
    return Failed(program, "was ended by signal " + std::to_string(WTERMSIG(status)) + by_hand);
  }
  if (WEXITSTATUS(status) != 0) {
    return Failed(program, "ended with exit code " + std::to_string(WEXITSTATUS(status)) + by_hand);
  }
  return text;
}

}  // namespace cdc::secrets
