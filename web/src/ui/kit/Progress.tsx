interface Props {
  label: string
  value?: number | undefined // from 0 to 1; without it nobody knows how long it takes
}

// Progress appears after a moment, so that what is quick does not flicker.
export function Progress({ label, value }: Props) {
  return (
    <div class="progress" role="status">
      <progress aria-label={label} {...(value !== undefined && { value })} />
      <span>{label}</span>
    </div>
  )
}
