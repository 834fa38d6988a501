/** The form that a bot's `login_prompt` opens. The password is neither stored nor echoed (R19.3). */
export function Login({ onSay }: { onSay(payload: Record<string, unknown>, title: string): void }) {
  return (
    <form
      class="login"
      aria-label="Sign in"
      onSubmit={event => {
        event.preventDefault()
        const { username, password } = Object.fromEntries(new FormData(event.currentTarget))
        onSay({ type: 'login_prompt', text: 'Provided login information', username, password, sensitive: ['password'] }, 'Sign in')
      }}
    >
      <label>
        User name <input name="username" autocomplete="username" required />
      </label>
      <label>
        Password <input name="password" type="password" autocomplete="current-password" required />
      </label>
      <button type="submit">Sign in</button>
    </form>
  )
}
