// Mark is the product's sign.
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M16 5.5 24.5 26 16 21.6 7.5 26Z" fill="#fff" />
    </svg>
  )
}
